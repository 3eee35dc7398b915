/** How long customers waited for a person, who gave up, and why they wanted one. */
import type { Reason, SkillWaits } from "../../wire";
import { Bar } from "./Bar";
import { outOf, time } from "./words";

export function Waits({ waits }: { waits: readonly SkillWaits[] }) {
  return (
    <section>
      <h2>Waiting for a person</h2>
      {waits.length === 0 ? (
        <p class="soft">Nobody has waited in this time.</p>
      ) : (
        <div class="table-frame" tabIndex={0} role="region" aria-label="Waiting for a person">
          <table class="figures-table">
            <thead>
              <tr>
                <th scope="col">Skill</th>
                <th scope="col">Came into line</th>
                <th scope="col">Half waited less than</th>
                <th scope="col">8 of 10 less than</th>
                <th scope="col">Gave up</th>
                <th scope="col">Back to the bot</th>
                <th scope="col">Left</th>
                <th scope="col">Promised</th>
              </tr>
            </thead>
            <tbody>
              {waits.map((row) => (
                <Row key={row.skill ?? ""} row={row} />
              ))}
            </tbody>
          </table>
        </div>
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
