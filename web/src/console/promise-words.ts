/** What was promised, in words for the rep who is asked to keep it. */
import { dayOf, timeOfDay } from "../shared/clock";
import type { PromiseOffered } from "../wire";

const HOUR_MS = 3_600_000;

/** "A call that Ana asked for between 14:00 and 15:00", "A message left last night at 22:10". */
export function promiseWords(promise: PromiseOffered, name: string, at = Date.now()): string {
  if (promise.kind === "call_back") {
    const whose = promise.asked_for ? `A call that ${name} asked for` : `A call promised to ${name}`;
    return `${whose} between ${timeOfDay(promise.from)} and ${timeOfDay(promise.until)}`;
  }
  return promise.asked_for ? `A message left ${when(promise.made_at, at)}` : `An answer promised ${when(promise.made_at, at)}`;
}

/** "today at 09:12", "last night at 22:10", "yesterday at 14:00", "on Friday 5 June at 14:00". */
function when(iso: string, at: number): string {
  const day = isLastNight(iso, at) ? "last night" : dayOf(iso, at);
  const spoken = day === "Today" || day === "Yesterday" ? day.toLowerCase() : day;
  return `${/\d/.test(spoken) ? "on " : ""}${spoken} at ${timeOfDay(iso)}`;
}

/** Between yesterday's 18:00 and 6:00, once the night is over. */
function isLastNight(iso: string, at: number): boolean {
  const midnight = new Date(at).setHours(0, 0, 0, 0);
  const hours = (Date.parse(iso) - midnight) / HOUR_MS;
  return hours >= -6 && hours < 6 && at - midnight >= 6 * HOUR_MS;
}
