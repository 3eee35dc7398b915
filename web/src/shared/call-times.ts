/** The times at which a call can be made, cut out of the desk's opening hours, on the reader's own clock. Pure. */
import type { CallTimes } from "../wire";

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

/** A day and a time of day, in the page's language. */
export interface SayTime {
  day: (at: Date) => string;
  time: (at: Date) => string;
}

/** By day: from now or the opening to the next full hour but one, then by the hour, as long as there's time to call. */
export function callDays({ open, shortest_minutes }: CallTimes, say: SayTime): CallDay[] {
  const days = new Map<string, CallTime[]>();
  for (const span of open) {
    const end = Date.parse(span.until);
    let start = Date.parse(span.from);
    while (end - start >= shortest_minutes * 60_000) {
      const until = Math.min(end, afterNextFullHour(start));
      const day = say.day(new Date(start));
      days.set(day, [...(days.get(day) ?? []), timeOf(start, until, say)]);
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

function timeOf(start: number, until: number, say: SayTime): CallTime {
  const [from, to] = [new Date(start), new Date(until)];
  return { from: from.toISOString(), until: to.toISOString(), words: `${say.time(from)} – ${say.time(to)}` };
}
