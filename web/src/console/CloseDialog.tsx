/** Closing: what it was about, and what caused it. Both are counted, so that causes can be removed. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { RepView } from "../wire";
import { usualCauses } from "./causes";
import { useParts } from "./context";
import { Dialog } from "./Dialog";
import { DialogSteps } from "./DialogSteps";
import { handle, numberOf } from "./keymap";
import { topicChoices } from "./topics";

export function CloseDialog({ view, onDone }: { view: RepView; onDone: () => void }) {
  const { desk } = useParts();
  const form = useRef<HTMLFormElement>(null);
  const [topic, setTopic] = useState(view.topic ?? view.brief.topic ?? "");
  const [cause, setCause] = useState(view.cause ?? "");
  const causes = usualCauses(topic);
  const pick = (words: string | undefined) => {
    if (!words) return;
    setCause(words);
    form.current?.querySelector<HTMLElement>("[type=submit]")?.focus();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void desk.close(view.id, { topic, cause: cause.trim() }).then((closed) => closed && onDone());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isIn(event, "input")) return; // digits belong to the cause that is being written, and Enter submits by itself
    handle("closing", event, { cause: () => pick(causes[numberOf(event)]), finish: () => finish(event, form.current) });
  };
  useEffect(() => (topic ? form.current?.querySelector<HTMLElement>(".causes button")?.focus() : undefined), []);
  return (
    <Dialog labelledBy="close-title" onClose={onDone}>
      <form ref={form} onSubmit={submit} onKeyDown={onKeyDown}>
        <h2 id="close-title">Close this conversation</h2>
        <p class="soft">The customer is asked whether their problem is solved.</p>
        <Topic chosen={topic} choose={setTopic} />
        <Cause words={cause} write={setCause}>
          <UsualCauses causes={causes} chosen={cause} pick={pick} />
        </Cause>
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

/** Enter on a button presses it; anywhere else it closes the chat, if nothing is missing. */
function finish(event: KeyboardEvent, form: HTMLFormElement | null): void {
  if (isIn(event, "button")) return;
  event.preventDefault();
  form?.requestSubmit();
}

function isIn({ target }: KeyboardEvent, what: string): boolean {
  return target instanceof Element && target.closest(what) !== null;
}

function Topic({ chosen, choose }: { chosen: string; choose: (topic: string) => void }) {
  return (
    <div class="form-field">
      <label for="topic">What was it about?</label>
      <select class="field" id="topic" name="topic" required value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
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

function UsualCauses({ causes, chosen, pick }: { causes: readonly string[]; chosen: string; pick: (cause: string) => void }) {
  return (
    <div class="causes" role="group" aria-label="Usual causes">
      {causes.map((cause, index) => (
        <button key={cause} type="button" class="cause" aria-pressed={cause === chosen} aria-keyshortcuts={`${index + 1}`} onClick={() => pick(cause)}>
          <kbd>{index + 1}</kbd> {cause}
        </button>
      ))}
    </div>
  );
}

function Cause({ words, write, children }: { words: string; write: (words: string) => void; children: ComponentChildren }) {
  return (
    <div class="form-field">
      <label for="cause">What caused it?</label>
      {children}
      <input class="field" id="cause" required maxLength={120} autocomplete="off" pattern=".*\S.*" value={words} onInput={(event) => write(event.currentTarget.value)} aria-describedby="cause-hint" />
      <p class="hint" id="cause-hint">
        Press the number of a usual cause, or write a few words of your own.
      </p>
    </div>
  );
}
