/** What was promised, in words for the rep who is asked to keep it or does so now. */
import { dayOf, timeOfDay } from "../shared/clock";
import type { PromiseTold } from "../wire";
import { dayIn, knowsZone, shortDay, timeIn } from "./formats";

const HOUR_MS = 3_600_000;

type When = Pick<PromiseTold, "from" | "until" | "time_zone">;

/** "A call that Ana asked for between 14:00 and 15:00 your time, 06:00 and 07:00 theirs", "A message left last night at 22:10". */
export function promiseWords(promise: PromiseTold, name: string, at = Date.now()): string {
  if (promise.kind === "call_back") return `${CALLS[promise.window](name)} ${windowWords(promise, at)}`;
  return promise.asked_for ? `A message left ${when(promise.made_at, at)}` : `An answer promised ${when(promise.made_at, at)}`;
}

const CALLS: Record<PromiseTold["window"], (name: string) => string> = {
  asked: (name) => `A call that ${name} asked for`,
  agreed: (name) => `A call agreed with ${name}`,
  moved: (name) => `A call to ${name}, once more,`,
};

/** For who is about to call: "Asked to be called between 14:00 and 15:00 your time, 06:00 and 07:00 theirs". */
export function callWords(promise: PromiseTold, at = Date.now()): string {
  return `${CALL_THEM[promise.window]} ${windowWords(promise, at)}`;
}

const CALL_THEM: Record<PromiseTold["window"], string> = {
  asked: "Asked to be called",
  agreed: "A call is agreed",
  moved: "To be called once more",
};

/** On a row of the list: "14:00–15:00, 06:00–07:00 theirs". */
export function shortWindow(promise: When, at = Date.now()): string {
  const day = isToday(promise.from, at) ? "" : `${shortDay(promise.from)}, `;
  const theirs = onTheirClock(promise);
  return `${day}${timeOfDay(promise.from)}–${timeOfDay(promise.until)}${theirs ? `, ${theirs.from}–${theirs.until} theirs${theirs.day}` : ""}`;
}

function windowWords(promise: When, at: number): string {
  const day = isToday(promise.from, at) ? "" : `${spokenDay(promise.from, at)} `;
  const mine = `${day}between ${timeOfDay(promise.from)} and ${timeOfDay(promise.until)}`;
  if (!knowsZone(promise.time_zone)) return `${mine}, your time`;
  const theirs = onTheirClock(promise);
  return theirs ? `${mine} your time, ${theirs.from} and ${theirs.until} theirs${theirs.day}` : `${mine}, your time and theirs`;
}

/** Null where it's the same as on the reader's own, or not known; the day only if it's another. */
function onTheirClock({ from, until, time_zone: zone }: When): { from: string; until: string; day: string } | null {
  if (!knowsZone(zone)) return null;
  const [their, day] = [{ from: timeIn(zone, from), until: timeIn(zone, until) }, dayIn(zone, from)];
  const same = their.from === timeOfDay(from) && their.until === timeOfDay(until) && day === shortDay(from);
  return same ? null : { ...their, day: day === shortDay(from) ? "" : ` (${day})` };
}

/** "today at 09:12", "last night at 22:10", "yesterday at 14:00", "on Friday 5 June at 14:00". */
function when(iso: string, at: number): string {
  return `${isLastNight(iso, at) ? "last night" : spokenDay(iso, at)} at ${timeOfDay(iso)}`;
}

function spokenDay(iso: string, at: number): string {
  const day = dayOf(iso, at);
  return /\d/.test(day) ? `on ${day}` : day.toLowerCase();
}

const isToday = (iso: string, at: number) => shortDay(iso) === shortDay(new Date(at).toISOString());

/** Between yesterday's 18:00 and 6:00, once the night is over. */
function isLastNight(iso: string, at: number): boolean {
  const midnight = new Date(at).setHours(0, 0, 0, 0);
  const hours = (Date.parse(iso) - midnight) / HOUR_MS;
  return hours >= -6 && hours < 6 && at - midnight >= 6 * HOUR_MS;
}
