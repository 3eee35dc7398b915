/** A call at a time that rep and customer agreed on: the chat leaves the rep's list and comes up under Due. */
import { useEffect, useState } from "preact/hooks";
import { type CallDay, callDays, type SayTime } from "../shared/call-times";
import { clockWords, timeOfDay } from "../shared/clock";
import type { TimesToCall } from "../wire";
import { useParts } from "./context";
import { Dialog } from "./Dialog";
import { DialogSteps } from "./DialogSteps";
import { fieldOf } from "./field-of";

const SAY: SayTime = {
  day: (at) => at.toLocaleDateString(clockWords.locale, { weekday: "long", day: "numeric", month: "long" }),
  time: (at) => timeOfDay(at.toISOString()),
};

interface CallLaterProps {
  id: string;
  /** The rep leaves, so whoever calls must learn what it's about. */
  leaving?: boolean;
  /** What they have written for whoever comes. */
  words?: string;
  onDone: () => void;
}

export function CallLaterDialog({ id, leaving = false, words = "", onDone }: CallLaterProps) {
  const { desk } = useParts();
  const [phone, setPhone] = useState("");
  const days = useOffer(id, (known) => setPhone((typed) => typed || known));
  const times = days?.flatMap((day) => day.times) ?? [];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const time = times[Number(fieldOf(data, "time"))];
    if (!time) return;
    const agreed = { phone, from: time.from, until: time.until, note: fieldOf(data, "note").trim() || null };
    void desk.calls.later(id, agreed).then((promised) => promised && onDone());
  };
  return (
    <Dialog labelledBy="call-later-title" onClose={onDone}>
      <form onSubmit={submit}>
        <h2 id="call-later-title">Call them later</h2>
        <p class="soft">The customer is told in the chat and keeps their place. The chat comes up under Due when it&rsquo;s time, for you or a colleague.</p>
        {days && times.length === 0 && <p role="status">The desk is closed for the next seven days, so no call can be promised.</p>}
        <div class="form-field">
          <label for="call-phone">Which number?</label>
          <input class="field" id="call-phone" name="phone" type="tel" autocomplete="off" required maxLength={40} value={phone} onInput={(event) => setPhone(event.currentTarget.value)} />
        </div>
        <When days={days} />
        <div class="form-field">
          <label for="call-later-note">Note for whoever calls</label>
          <textarea class="field" id="call-later-note" name="note" rows={2} maxLength={1000} required={leaving} defaultValue={words} />
          <p class="hint">Only reps see it.</p>
        </div>
        <DialogSteps stay="Cancel" go="Promise the call" canGo={times.length > 0} onStay={onDone} />
      </form>
    </Dialog>
  );
}

function When({ days }: { days: CallDay[] | null }) {
  let index = 0;
  return (
    <div class="form-field">
      <label for="call-time">When?</label>
      <select class="field" id="call-time" name="time" required disabled={!days} aria-describedby="call-time-hint">
        {!days && <option>Asking when the desk is open</option>}
        {days?.map(({ day, times }) => (
          <optgroup key={day} label={day}>
            {times.map((time) => (
              <option key={time.from} value={index++}>
                {`${day}, ${time.words}`}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <p class="hint" id="call-time-hint">
        By your own clock. The customer sees it by theirs.
      </p>
    </div>
  );
}

/** The times to choose from, null while they are fetched; `onPhone` gets the number that's known. */
function useOffer(id: string, onPhone: (known: string) => void): CallDay[] | null {
  const { desk } = useParts();
  const [days, setDays] = useState<CallDay[] | null>(null);
  const take = (times: TimesToCall) => {
    if (times.phone) onPhone(times.phone);
    setDays(callDays(times, SAY));
  };
  useEffect(() => void desk.calls.times(id).then((times) => times && take(times)), [desk, id]);
  return days;
}
