/** Who works: what each holds, and how many chats need them now. How long they take is nobody's business. */
import { useState } from "preact/hooks";
import type { RepNow } from "../../wire";
import { ChatCell, type Choosing } from "./ChatCell";

const FIRST = 200;
const PRESENCE = { here: "Here", away: "On a break", breather: "On a breather", gone: "Gone" } as const;

export function RepsNow({ reps, ...choosing }: Choosing & { reps: RepNow[] }) {
  const [typed, setTyped] = useState("");
  const found = reps.filter((rep) => fits(rep, typed.trim().toLowerCase()));
  return (
    <section>
      <h2>
        At work <span class="count">{reps.length}</span>
      </h2>
      <label class="centre-filter">
        <span>Find by name, team, site or skill</span>
        <input class="field" type="search" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
      <p class="soft">
        <a href="#admin">Change hours and skills</a>
      </p>
      <div class="table-frame" tabIndex={0} role="region" aria-label="At work">
        <table class="figures-table">
          <thead>
            <tr>
              <th scope="col">Rep</th>
              <th scope="col">Now</th>
              <th scope="col">Team, site</th>
              <th scope="col">Knows</th>
              <th scope="col">Need them</th>
              <th scope="col">Can take</th>
              <th scope="col">Chats</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, FIRST).map((rep) => (
              <Row key={rep.id} rep={rep} {...choosing} />
            ))}
          </tbody>
        </table>
      </div>
      {found.length === 0 && <p class="soft">Nobody fits that.</p>}
      {found.length > FIRST && <p class="soft">and {found.length - FIRST} more: find them by name</p>}
    </section>
  );
}

function Row({ rep, ...choosing }: Choosing & { rep: RepNow }) {
  return (
    <tr>
      <th scope="row">
        <bdi>{rep.name}</bdi>
      </th>
      <td>{PRESENCE[rep.presence]}</td>
      <td>{[rep.team, rep.site].filter(Boolean).join(", ") || "–"}</td>
      <td>{rep.skills.join(", ") || "–"}</td>
      <td>
        {rep.load} of {rep.capacity}
      </td>
      <td>{rep.free}</td>
      <td>
        {rep.chats.map((chat) => (
          <ChatCell key={chat.id} id={chat.id} name={chat.customer_name} {...choosing} />
        ))}
        {rep.chats.length === 0 && "–"}
      </td>
    </tr>
  );
}

function fits(rep: RepNow, words: string): boolean {
  const about = [rep.name, rep.team, rep.site, PRESENCE[rep.presence], ...rep.skills];
  return about.join(" ").toLowerCase().includes(words);
}
