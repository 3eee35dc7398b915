/** When the rep works, as their lead has set it. */
import { WEEKDAYS, dayWords, weekdayOf, weekWords } from "../admin/times";
import { useParts } from "../context";

export function MyHours() {
  const { desk } = useParts();
  const shift = desk.shift.now.value;
  if (!shift) return null;
  return (
    <>
      <h2>Your hours</h2>
      <p>{shift.hours.length > 0 ? `${weekWords(shift.hours)} (${shift.site}).` : `You work while ${shift.site} is open.`}</p>
      {shift.days.length > 0 && (
        <ul>
          {shift.days.map((each) => (
            <li key={each.day}>
              {WEEKDAYS[weekdayOf(each.day)]} {each.day}: {dayWords(each)}
            </li>
          ))}
        </ul>
      )}
      <p class="soft">Outside them nothing new is offered to you. Your lead can change them.</p>
    </>
  );
}
