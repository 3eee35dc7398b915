/** Above the lists, quietly: until when they work, that the shift ends, what still needs a next step, and what went back to the line. */
import type { Shift, WentOn } from "../../wire";
import { useParts } from "../context";
import { dayIn, timeIn } from "../formats";

const A_DAY_MS = 86_400_000;

export function ShiftBanner() {
  const { desk } = useParts();
  const { now, toSettle, went } = desk.shift;
  const left = toSettle.value.length;
  const end = now.value && endWords(now.value, left);
  const stand = now.value && standWords(now.value, Date.now());
  if (!end && !stand && went.value.length === 0) return null;
  return (
    <section class="shift" aria-label="Your shift">
      <p role="status" class={end ? "" : "soft"}>
        {end ?? stand}
      </p>
      {end && left > 0 && (
        <button type="button" class="button" onClick={() => (desk.panel.value = "shift")}>
          Go through them
        </button>
      )}
      {went.value.length > 0 && (
        <p>
          {wentWords(went.value)}{" "}
          <button type="button" class="link-button" onClick={() => desk.shift.noted()}>
            All right
          </button>
        </p>
      )}
    </section>
  );
}

/** "Your shift ends at 18:00 (Kennewick). 3 chats need a next step." Nothing to say while it's on, or is over and settled. */
export function endWords({ state, ends_at, site, time_zone }: Shift, left: number): string | null {
  if (!ends_at || (state !== "ending" && (state !== "ended" || left === 0))) return null;
  const end = `Your shift ${state === "ending" ? "ends" : "ended"} at ${timeIn(time_zone, ends_at)} (${site}).`;
  if (left === 0) return end;
  return `${end} ${left === 1 ? "1 chat needs" : `${left} chats need`} a next step.`;
}

/** "You work until 16:00 (Kennewick)."; off, when they come back. Nothing where no end is near. */
export function standWords({ state, ends_at, begins_at, site, time_zone }: Shift, now: number): string | null {
  if (state === "on" && ends_at && Date.parse(ends_at) - now < A_DAY_MS) return `You work until ${timeIn(time_zone, ends_at)} (${site}).`;
  if (state !== "off" || !begins_at) return null;
  return `You're off until ${dayIn(time_zone, begins_at)}, ${timeIn(time_zone, begins_at)} (${site}): nothing new is offered to you.`;
}

function wentWords(went: readonly WentOn[]): string {
  const names = went.map(({ customer_name }) => customer_name ?? "a visitor");
  const whose = names.length > 3 ? `${names.length} of your chats` : `Your chat with ${new Intl.ListFormat("en-GB").format(names)}`;
  return `${whose} went back to the line, as your shift was over.`;
}
