/** Who works: what each holds, and how many chats need them now. How long they take is nobody's business. */
import { useState } from "preact/hooks";
import { now } from "../../shared/clock";
import type { RepNow } from "../../wire";
import { timeIn } from "../formats";
import { hasWords } from "../macros";
import { ChatCell, type Choosing } from "./ChatCell";
import { LongTable } from "./LongTable";

const A_DAY_MS = 86_400_000;
const HEADS = ["Rep", "Now", "Knows (1–3)", "Need them", "Chats"];
export const PRESENCE = { here: "Here", away: "On a break", breather: "On a breather", gone: "Gone" } as const;
/** Who can do something comes first. */
const ORDER = Object.keys(PRESENCE);

export function RepsNow({ reps, ...choosing }: Choosing & { reps: RepNow[] }) {
  const [typed, setTyped] = useState("");
  const found = reps.filter((rep) => hasWords(about(rep), typed.trim())).sort((one, other) => ORDER.indexOf(one.presence) - ORDER.indexOf(other.presence));
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
        {reps.some((rep) => rep.works) && "Shifts end by each site’s own clock. "}
        <a href="#admin">Change hours and skills</a>
      </p>
      <LongTable label="At work" heads={HEADS} rows={found} className="reps-table" draw={(rep) => <Row key={rep.id} rep={rep} {...choosing} />} />
      {found.length === 0 && <p class="soft">Nobody fits that.</p>}
    </section>
  );
}

/** Nobody to give a new chat to: their shift is over, or is within the notice. */
export const leaves = ({ works }: RepNow) => works !== null && works.state !== "on";

function Until({ rep }: { rep: RepNow }) {
  const words = untilWords(rep, now.value);
  if (!words) return null;
  const clock = rep.site && `, ${rep.site} time`;
  return (
    <span class={leaves(rep) ? "where unclear" : "soft where"} title={`${words}${clock ?? ""}`}>
      {words}
      {clock && <span class="hidden-words">{clock}</span>}
    </span>
  );
}

/** "until 17:30", "leaves soon: 17:30"; null where no end is near. Whose clock it is stands in the row: their site's. */
function untilWords({ works }: RepNow, at: number): string | null {
  if (!works) return null;
  if (works.state === "off") return "off shift";
  if (!works.ends_at || Date.parse(works.ends_at) - at >= A_DAY_MS) return null;
  const end = timeIn(works.time_zone, works.ends_at);
  return { on: `until ${end}`, ending: `leaves at ${end}`, ended: `left at ${end}` }[works.state];
}

function Row({ rep, ...choosing }: Choosing & { rep: RepNow }) {
  const where = [rep.team, rep.site].filter(Boolean).join(", ");
  return (
    <tr class={leaves(rep) ? "leaves-soon" : undefined}>
      <th scope="row">
        <bdi>{rep.name}</bdi>
        {where && <span class="soft where">{where}</span>}
      </th>
      <td>
        {PRESENCE[rep.presence]}
        <Until rep={rep} />
      </td>
      <td>{rep.skills.map((skill) => `${skill.title}\u00a0${skill.level}`).join(", ") || "–"}</td>
      <td>
        {rep.load} of {rep.capacity}
        {rep.presence === "here" && <span class="soft where">{rep.free > 0 ? `can take ${rep.free}` : "no room"}</span>}
      </td>
      <td>
        {rep.chats.map((chat) => (
          <ChatCell key={chat.id} id={chat.id} name={chat.customer_name} needsRep={chat.needs_rep} {...choosing} />
        ))}
        {rep.chats.length === 0 && "–"}
      </td>
    </tr>
  );
}

function about(rep: RepNow): string {
  return [rep.name, rep.team, rep.site, PRESENCE[rep.presence], ...rep.skills.map((skill) => skill.title)].join(" ");
}
