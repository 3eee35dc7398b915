/** Closing: what it was about, and what caused it. Both are counted, so that causes can be removed. */
import type { RepView } from "../wire";
import { useParts } from "./context";
import { Dialog } from "./Dialog";
import { DialogSteps } from "./DialogSteps";
import { fieldOf } from "./field-of";
import { commonCauses, topicChoices } from "./topics";

export function CloseDialog({ view, onDone }: { view: RepView; onDone: () => void }) {
  const { desk } = useParts();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const words = { topic: fieldOf(data, "topic"), cause: fieldOf(data, "cause") };
    void desk.close(view.id, words).then((closed) => closed && onDone());
  };
  return (
    <Dialog labelledBy="close-title" onClose={onDone}>
      <form onSubmit={submit}>
        <h2 id="close-title">Close this conversation</h2>
        <p class="soft">The customer is asked whether their problem is solved.</p>
        <Topic chosen={view.topic ?? view.brief.topic} />
        <Cause chosen={view.cause} />
        <p>
          <button type="button" class="link-button" onClick={() => (desk.panel.value = "abuse")}>
            The customer was abusive
          </button>
        </p>
        <DialogSteps stay="Keep it open" go="Close conversation" onStay={onDone} />
      </form>
    </Dialog>
  );
}

function Topic({ chosen }: { chosen: string | null }) {
  return (
    <div class="form-field">
      <label for="topic">What was it about?</label>
      <select class="field" id="topic" name="topic" required>
        <option value="">Choose a topic</option>
        {topicChoices.map(([name, words]) => (
          <option key={name} value={name} selected={name === chosen}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

function Cause({ chosen }: { chosen: string | null }) {
  return (
    <div class="form-field">
      <label for="cause">What caused it?</label>
      <input class="field" id="cause" name="cause" list="causes" required maxLength={120} autocomplete="off" defaultValue={chosen ?? ""} aria-describedby="cause-hint" />
      <datalist id="causes">
        {commonCauses.map((cause) => (
          <option key={cause} value={cause} />
        ))}
      </datalist>
      <p class="hint" id="cause-hint">
        A few words, such as “Carrier lost it”.
      </p>
    </div>
  );
}
