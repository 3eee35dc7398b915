/** Ending an abusive chat. The customer is told until when only the bot answers; the reason stays with the desk. */
import { useState } from "preact/hooks";
import type { EndAbusive } from "../wire";
import { useParts } from "./context";
import { Dialog } from "./Dialog";
import { DialogSteps } from "./DialogSteps";

const HOURS = [
  [1, "An hour"],
  [24, "A day"],
  [168, "A week"],
] as const;

export function AbuseDialog({ id, onDone }: { id: string; onDone: () => void }) {
  const { desk } = useParts();
  const [reason, setReason] = useState("");
  const [hours, setHours] = useState<EndAbusive["hours"]>(24);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void desk.endAbusive(id, { reason, hours }).then((ended) => ended && onDone());
  };
  return (
    <Dialog labelledBy="abuse-title" onClose={onDone}>
      <form onSubmit={submit}>
        <h2 id="abuse-title">End an abusive chat</h2>
        <p class="soft">The chat closes without a vote, and you get a breather: for ten minutes nothing is offered to you. A lead can undo the block.</p>
        <div class="form-field">
          <label for="abuse-reason">What happened? Only reps see it</label>
          <textarea class="field" id="abuse-reason" rows={3} required maxLength={500} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </div>
        <fieldset class="form-field">
          <legend>How long should only the bot answer them?</legend>
          {HOURS.map(([value, words]) => (
            <label key={value} class="choice-line">
              <input type="radio" name="hours" checked={hours === value} onChange={() => setHours(value)} /> {words}
            </label>
          ))}
        </fieldset>
        <DialogSteps stay="Keep it open" go="End chat" canGo={reason.trim() !== ""} onStay={onDone} />
      </form>
    </Dialog>
  );
}
