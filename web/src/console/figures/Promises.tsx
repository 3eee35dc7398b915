/** Whether we did what customers were promised: a call, an answer to a message that they left, an answer later. */
import type { PromisesKept } from "../../wire";
import { Bar } from "./Bar";
import { Table } from "./Table";
import { interval, outOf, percent } from "./words";

const HEADS = ["Promise", "Due", "Kept in time", "Between (95 %)", "Within a minute", "Between (95 %)", "Later, in time", "Late", "Missed", "Ended without", "Not reached", "Taken back"];
const KINDS = { call_back: "Calls back", message_left: "Messages left", answer_promised: "Answers promised" } as const;

export function Promises({ promises }: { promises: readonly PromisesKept[] }) {
  return (
    <section>
      <h2>Promises</h2>
      {promises.length === 0 ? (
        <p class="soft">No promise was due in this time.</p>
      ) : (
        <>
          <Table title="Promises" heads={HEADS}>
            {promises.map((each) => (
              <Row key={each.kind} each={each} />
            ))}
          </Table>
          <p class="soft">
            A call is made when it's dialled. “Ended without”: a rep closed the chat, or promised something else, before the time was up. Calls in time that nobody answered, and what
            customers took back, count neither way.
          </p>
        </>
      )}
    </section>
  );
}

function Row({ each }: { each: PromisesKept }) {
  return (
    <tr>
      <th scope="row">{KINDS[each.kind]}</th>
      <td>{each.due}</td>
      <td>
        {each.in_time !== null && <Bar share={each.in_time} low={each.low} high={each.high} />} {percent(each.in_time)}
      </td>
      <td>{each.due > 0 ? interval(each.low, each.high) : "–"}</td>
      <td>{outOf(each.at_once, each.due)}</td>
      <td>{each.due > 0 ? interval(each.at_once_low, each.at_once_high) : "–"}</td>
      <td>{each.in_window}</td>
      <td>{each.late}</td>
      <td>{each.missed}</td>
      <td>{each.ended_without}</td>
      <td>{each.not_reached}</td>
      <td>{each.taken_back}</td>
    </tr>
  );
}
