/** What is promised and has to be kept soon, the most urgent first; each can be moved to whoever should keep it. */
import { now, since, timeOfDay } from "../../shared/clock";
import type { PromisedNow, PromisesNow as Promises } from "../../wire";
import { shortDay } from "../formats";
import { inWords } from "../topics";
import { ChatCell, type Choosing } from "./ChatCell";
import { LongTable } from "./LongTable";

const HEADS = ["Promise", "Customer", "When", "About", "Last words"];
const KINDS = { call_back: "Call", message_left: "Answer" } as const;

export function PromisesNow({ promises: { overdue, due, soon, first }, ...choosing }: Choosing & { promises: Promises }) {
  const total = overdue + due + soon;
  if (total === 0) return null;
  return (
    <section>
      <h2>
        Promised <span class="count">{total}</span>
      </h2>
      <LongTable label="Promised" heads={HEADS} rows={first} className="promised-table" draw={(each) => <Row key={each.id} promised={each} {...choosing} />} />
      {total > first.length && <p class="soft">and {total - first.length} more that are less urgent</p>}
    </section>
  );
}

function Row({ promised, ...choosing }: Choosing & { promised: PromisedNow }) {
  return (
    <tr class={promised.standing === "overdue" ? "short-of" : undefined}>
      <td>{KINDS[promised.kind]}</td>
      <th scope="row">
        <ChatCell id={promised.id} name={promised.customer_name} {...choosing} />
      </th>
      <td>{whenWords(promised, now.value)}</td>
      <td>{promised.topic ? inWords(promised.topic) : "No topic yet"}</td>
      <td class="last-words">
        <bdi>{promised.last_text}</bdi>
      </td>
    </tr>
  );
}

/** "Missed once, due for 0:42", "Due for 3:10", "From 14:00". */
function whenWords({ standing, from }: PromisedNow, at: number): string {
  const today = shortDay(from) === shortDay(new Date(at).toISOString());
  const begins = `from ${today ? "" : `${shortDay(from)}, `}${timeOfDay(from)}`;
  const words = Date.parse(from) <= at ? `due for ${since(from, at)}` : begins;
  return standing === "overdue" ? `Missed once, ${words}` : words.charAt(0).toUpperCase() + words.slice(1);
}
