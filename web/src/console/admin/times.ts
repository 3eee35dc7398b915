/** Opening hours and holidays as people type them: "09:00-12:30, 13:30-17:00" for a day, "2026-12-25 Christmas" on a line. */
import type { ClosedDay, OpenHours, RepDay, TimesOfDay } from "../../wire";

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const MIDNIGHT = 1440;

/** A day's spans as text. */
export function spansOf(hours: readonly OpenHours[], weekday: number): string {
  return hours
    .filter((each) => each.weekday === weekday)
    .map(spanWords)
    .join(", ");
}

function spanWords({ opens, closes }: TimesOfDay): string {
  return `${clockOf(opens)}-${clockOf(closes > MIDNIGHT ? closes - MIDNIGHT : closes)}`;
}

/** "Mon–Fri 08:00–18:00; Sat 09:00–12:00", equal days together; never a word too many. */
export function weekWords(hours: readonly OpenHours[]): string {
  const runs: { from: number; to: number; spans: string }[] = [];
  WEEKDAYS.forEach((_, weekday) => {
    const spans = spansOf(hours, weekday).replaceAll("-", "–");
    const last = runs.at(-1);
    if (last?.to === weekday - 1 && last.spans === spans) last.to = weekday;
    else if (spans !== "") runs.push({ from: weekday, to: weekday, spans });
  });
  return runs.map(({ from, to, spans }) => `${[...new Set([short(from), short(to)])].join("–")} ${spans}`).join("; ") || "Never open";
}

function short(weekday: number): string {
  return WEEKDAYS[weekday]?.slice(0, 3) ?? "";
}

/** The week that was typed into the seven fields, or which day can't be read. */
export function readWeek(read: (name: string) => string, acrossMidnight = false): OpenHours[] | string {
  const week = WEEKDAYS.map((_, weekday) => readSpans(read(`day-${weekday}`), weekday, acrossMidnight));
  const odd = week.indexOf(null);
  return odd >= 0 ? `${WEEKDAYS[odd]}: write the hours as 09:00-12:30, 13:30-17:00.` : week.flatMap((spans) => spans ?? []);
}

/** "off", or a day's hours. */
export function dayWords({ hours }: RepDay): string {
  return hours.map(spanWords).join(", ") || "off";
}

/** Monday is 0, of a day such as 2026-12-24. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T12:00Z`).getUTCDay() + 6) % 7;
}

/** What "off", "until 16:00" (of the usual hours) or hours mean for one day; null if that can't be read. */
export function readDay(text: string, usual: readonly TimesOfDay[]): TimesOfDay[] | null {
  const words = text.trim().toLowerCase();
  if (words === "off") return [];
  const until = /^until (.+)$/.exec(words);
  if (!until) return words === "" ? null : (readSpans(words, 0, true)?.map(({ opens, closes }) => ({ opens, closes })) ?? null);
  const end = minutesOf(until[1] ?? "");
  if (end === null) return null;
  const before = usual.filter(({ opens }) => opens < end).map(({ opens, closes }) => ({ opens, closes: Math.min(closes, end) }));
  return before.length > 0 ? before : null;
}

/** A day's spans; null if they can't be read. Only a rep's may end on the next day: "22:00-06:00". */
export function readSpans(text: string, weekday: number, acrossMidnight = false): OpenHours[] | null {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const spans = parts.map((part) => readSpan(part, weekday, acrossMidnight));
  return spans.includes(null) ? null : (spans as OpenHours[]);
}

function readSpan(part: string, weekday: number, acrossMidnight: boolean): OpenHours | null {
  const [opens, closes, ...more] = part.split(/\s*[-–]\s*/).map(minutesOf);
  if (opens === undefined || opens === null || closes === undefined || closes === null || more.length > 0) return null;
  return { weekday, opens, closes: acrossMidnight && closes < opens ? closes + MIDNIGHT : closes };
}

/** Holidays, one a line. */
export function linesOf(holidays: readonly ClosedDay[]): string {
  return holidays.map(({ day, name }) => `${day} ${name}`).join("\n");
}

/** The holidays; null if a line has no date or no name. */
export function readHolidays(text: string): ClosedDay[] | null {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const days = lines.map((line) => /^(\d{4}-\d{2}-\d{2})\s+(.+)$/.exec(line));
  return days.includes(null) ? null : days.map((found) => ({ day: found?.[1] ?? "", name: found?.[2] ?? "" }));
}

function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

function minutesOf(clock: string): number | null {
  const found = /^(\d{1,2})(?::(\d{2}))?$/.exec(clock);
  if (!found) return null;
  const hours = Number(found[1]);
  const minutes = Number(found[2] ?? 0);
  const total = hours * 60 + minutes;
  return minutes < 60 && total <= MIDNIGHT ? total : null;
}
