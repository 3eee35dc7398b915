/** The times at which a call can be asked for, cut out of the desk's opening hours, on the customer's own clock. Pure. */
import type { CallTimes } from "../wire";
import { strings } from "./strings";

const HOUR = 3_600_000;

export interface CallTime {
  from: string;
  until: string;
  words: string;
}

export interface CallDay {
  day: string;
  times: CallTime[];
}

/** By day: from now or the opening to the next full hour but one, then by the hour, as long as there's time to call. */
export function callDays({ open, shortest_minutes }: CallTimes): CallDay[] {
  const days = new Map<string, CallTime[]>();
  for (const span of open) {
    const end = Date.parse(span.until);
    let start = Date.parse(span.from);
    while (end - start >= shortest_minutes * 60_000) {
      const until = Math.min(end, afterNextFullHour(start));
      const day = strings.day(new Date(start));
      days.set(day, [...(days.get(day) ?? []), timeOf(start, until)]);
      start = until;
    }
  }
  return [...days].map(([day, times]) => ({ day, times }));
}

/** Full hours stay an hour apart; what begins between two is at least half an hour long. */
function afterNextFullHour(start: number): number {
  const next = Math.ceil((start + 1) / HOUR) * HOUR;
  return next - start < HOUR / 2 ? next + HOUR : next;
}

function timeOf(start: number, until: number): CallTime {
  const [from, to] = [new Date(start), new Date(until)];
  return { from: from.toISOString(), until: to.toISOString(), words: `${strings.time(from)} – ${strings.time(to)}` };
}
