/** A note that only reps see: for whoever comes next, or a lead's whisper to the rep who holds the chat. */
import { useState } from "preact/hooks";
import { newClientId } from "../shared/ids";
import type { RepView } from "../wire";
import { useParts } from "./context";
import { Dialog } from "./Dialog";
import { DialogSteps } from "./DialogSteps";

export function NoteDialog({ view, onDone }: { view: RepView; onDone: () => void }) {
  const { desk } = useParts();
  const [text, setText] = useState("");
  // The same for each try of the same words: a note whose answer got lost isn't left twice.
  const [clientId, setClientId] = useState(newClientId);
  const change = (words: string) => {
    setText(words);
    setClientId(newClientId());
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void desk.note(view.id, clientId, text).then((left) => left && onDone());
  };
  return (
    <Dialog labelledBy="note-title" onClose={onDone}>
      <form onSubmit={submit}>
        <h2 id="note-title">{view.yours ? "Leave a note" : `Whisper to ${view.owner.name ?? "them"}`}</h2>
        <div class="form-field">
          <label for="note">Only reps see it, never the customer</label>
          <textarea class="field" id="note" rows={4} required maxLength={4000} value={text} onInput={(event) => change(event.currentTarget.value)} />
        </div>
        <DialogSteps stay="Cancel" go={view.yours ? "Leave note" : "Whisper"} canGo={text.trim() !== ""} onStay={onDone} />
      </form>
    </Dialog>
  );
}
