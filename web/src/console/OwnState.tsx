/** How many chats need the rep, and whether more are offered to them. */
import { now, since } from "../shared/clock";
import type { You } from "../wire";
import { useParts } from "./context";

export function OwnState() {
  const { desk } = useParts();
  const { you } = desk.queue.value;
  if (!desk.known.value) return null;
  return (
    <div class="own-state">
      <p>{loadOf(you)}</p>
      {you.away_since ? (
        <p class="own-away" role="status">
          You&rsquo;re away: {you.pushed ? "nothing is offered to you" : "colleagues see it"}.{" "}
          <button type="button" class="button button-main" onClick={() => void desk.offered.comeBack()}>
            I&rsquo;m back
          </button>
        </p>
      ) : (
        <button type="button" class="link-button soft" onClick={() => void desk.offered.stepAway()}>
          Step away
        </button>
      )}
      {you.breather_until && Date.parse(you.breather_until) > now.value && (
        <p class="soft own-breather">A breather: nothing is offered to you for another {since(new Date(now.value).toISOString(), Date.parse(you.breather_until))}.</p>
      )}
    </div>
  );
}

/** "1 needs you, room for 2": short, as the way to step away stands beside it. */
function loadOf({ load, capacity }: You): string {
  const need = load === 0 ? "None needs you" : load === 1 ? "1 needs you" : `${load} need you`;
  return `${need}, ${load < capacity ? `room for ${capacity - load}` : "no room"}`;
}
