/** How long customers waited for a person, who gave up, and why they wanted one. */
import type { Reason, SkillWaits } from "../../wire";
import { Bar } from "./Bar";
import { Table } from "./Table";
import { outOf, time } from "./words";

const HEADS = ["Skill", "Came into line", "Half waited less than", "8 of 10 less than", "Gave up", "Back to the bot", "Left", "Promised"];

export function Waits({ waits }: { waits: readonly SkillWaits[] }) {
  return (
    <section>
      <h2>Waiting for a person</h2>
      {waits.length === 0 ? (
        <p class="soft">Nobody has waited in this time.</p>
      ) : (
        <Table title="Waiting for a person" heads={HEADS}>
          {waits.map((row) => (
            <Row key={row.skill ?? ""} row={row} />
          ))}
        </Table>
      )}
    </section>
  );
}

function Row({ row }: { row: SkillWaits }) {
  return (
    <tr>
      <th scope="row">{row.title || "Anybody"}</th>
      <td>{row.ended}</td>
      <td>{time(row.median_s)}</td>
      <td>{time(row.p80_s)}</td>
      <td>
        <Bar share={row.abandoned_percent / 100} /> {row.abandoned_percent} %
      </td>
      <td>{row.stopped}</td>
      <td>{row.left}</td>
      <td>{row.promised}</td>
    </tr>
  );
}

export function Reasons({ reasons }: { reasons: readonly Reason[] }) {
  const all = reasons.reduce((sum, { count }) => sum + count, 0);
  return (
    <section>
      <h2>Why they came into line</h2>
      {all === 0 && <p class="soft">Nobody has.</p>}
      <dl class="ways">
        {reasons.map(({ reason, words, count }) => (
          <div class="way" key={reason}>
            <dt>{words}</dt>
            <dd>
              <Bar share={count / all} /> {outOf(count, all)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
