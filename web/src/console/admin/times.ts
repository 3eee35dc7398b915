/** Opening hours and holidays as people type them: "09:00-12:30, 13:30-17:00" for a day, "2026-12-25 Christmas" on a line. */
import type { ClosedDay, OpenHours } from "../../wire";

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** A day's spans as text. */
export function spansOf(hours: readonly OpenHours[], weekday: number): string {
  return hours
    .filter((each) => each.weekday === weekday)
    .map(({ opens, closes }) => `${clockOf(opens)}-${clockOf(closes)}`)
    .join(", ");
}

/** A day's spans; null if they can't be read. */
export function readSpans(text: string, weekday: number): OpenHours[] | null {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const spans = parts.map((part) => readSpan(part, weekday));
  return spans.includes(null) ? null : (spans as OpenHours[]);
}

function readSpan(part: string, weekday: number): OpenHours | null {
  const [opens, closes, ...more] = part.split(/\s*[-–]\s*/).map(minutesOf);
  if (opens === undefined || opens === null || closes === undefined || closes === null || more.length > 0) return null;
  return { weekday, opens, closes };
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
  return minutes < 60 && total <= 1440 ? total : null;
}
