/** The centre in one line: who waits and how long, who works, what needs somebody, what was promised, which sites are open. */
import { now, since } from "../../shared/clock";
import type { LeadView, RepNow, SiteNow } from "../../wire";
import { leaves } from "./RepsNow";

export function TotalsNow({ view }: { view: LeadView }) {
  const { longest_since: longest, promises, reps, sites } = view;
  return (
    <dl class="totals">
      <Total name="Waiting" value={view.waiting_total} more={longest && `the longest ${since(longest, now.value)}`} />
      <Total name="At work" value={reps.length} more={peopleWords(reps)} />
      <Total name="Chats that need a rep" value={reps.reduce((sum, rep) => sum + rep.load, 0)} more={null} />
      <Total name="Promises due" value={promises.overdue + promises.due} more={[promises.overdue > 0 && `${promises.overdue} missed once`, promises.soon > 0 && `${promises.soon} within the hour`].filter(Boolean).join(", ")} />
      {sites.length > 0 && <Total name="Sites open" value={sites.filter((site) => site.open).length} more={closedWords(sites)} />}
    </dl>
  );
}

function Total({ name, value, more }: { name: string; value: number; more: string | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong> {more && <span class="soft">{more}</span>}
      </dd>
    </div>
  );
}

function peopleWords(reps: readonly RepNow[]): string {
  const free = reps.filter((rep) => rep.free > 0).length;
  const away = reps.filter((rep) => rep.presence === "away" || rep.presence === "breather").length;
  const going = reps.filter((rep) => rep.presence !== "gone" && leaves(rep)).length;
  return [`${free} free`, `${away} away`, going > 0 && `${going} ${going === 1 ? "leaves" : "leave"} soon`].filter(Boolean).join(", ");
}

function closedWords(sites: readonly SiteNow[]): string {
  const closed = sites.filter((site) => !site.open).map((site) => site.name);
  return closed.length === 0 ? "none closed" : `${closed.join(", ")} closed`;
}
