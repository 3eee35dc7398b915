/** When somebody works: every week, and on days that are different. */
import type { OpenHours, RepDay } from "../../wire";
import { TextField } from "./EditDialog";
import { dayWords, readDay, spansOf, WEEKDAYS, weekdayOf } from "./times";

const DAY_MS = 86_400_000;

export function WeekFields({ hours, hint }: { hours: readonly OpenHours[]; hint: string }) {
  return (
    <fieldset class="form-group form-week">
      <legend>Hours</legend>
      <p class="hint">{hint}</p>
      {WEEKDAYS.map((day, weekday) => (
        <TextField key={day} label={day} name={`day-${weekday}`} value={spansOf(hours, weekday)} />
      ))}
    </fieldset>
  );
}

/** Days as they stand in the form: `readDays` reads what was typed. Their order is that in which they were added. */
export function DayFields({ days, onChange }: { days: readonly RepDay[]; onChange: (days: RepDay[]) => void }) {
  const add = () => onChange([...days, { day: dayFrom(Date.now()), hours: [] }]);
  return (
    <fieldset class="form-group form-days">
      <legend>Days that are different</legend>
      <p class="hint">A day off: “off”. Home early: “until 16:00”. Or all the hours of that day: “09:00-12:00”.</p>
      {days.map((each, place) => (
        <p key={each} class="form-day">
          <input class="field" type="date" name={`date-${place}`} aria-label={`Day ${place + 1}`} defaultValue={each.day} required />
          <input class="field" name={`times-${place}`} aria-label={`Hours of day ${place + 1}`} defaultValue={dayWords(each)} required autocomplete="off" />
          <button type="button" class="button button-quiet" onClick={() => onChange(days.filter((other) => other !== each))} aria-label={`Remove day ${place + 1}`}>
            Remove
          </button>
        </p>
      ))}
      <p>
        <button type="button" class="button" onClick={add}>
          Add a day
        </button>
      </p>
    </fieldset>
  );
}

/** What was typed about these days, or what can't be read. "Until" cuts the hours of that weekday. */
export function readDays(days: readonly RepDay[], read: (name: string) => string, usual: readonly OpenHours[]): RepDay[] | string {
  const found = days.map((_, place) => {
    const day = read(`date-${place}`);
    const ofDay = usual.filter(({ weekday }) => weekday === weekdayOf(day));
    return { day, hours: readDay(read(`times-${place}`), ofDay) };
  });
  const odd = found.find(({ hours }) => hours === null);
  return odd ? `${odd.day}: write off, until 16:00, or the hours as 09:00-12:00, 13:00-16:00.` : (found as RepDay[]);
}

/** Without those that are over; yesterday's night may still go on. */
export function daysToCome(days: readonly RepDay[]): RepDay[] {
  const yesterday = dayFrom(Date.now() - DAY_MS);
  return days.filter(({ day }) => day >= yesterday);
}

/** "2026-12-24", on the reader's calendar. */
function dayFrom(at: number): string {
  return new Date(at).toLocaleDateString("sv-SE");
}
