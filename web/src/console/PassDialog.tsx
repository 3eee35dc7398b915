/** Passing a chat on: to a colleague, a team, a skill or back to the bot, with a note that only reps see. */
import { useState } from "preact/hooks";
import type { ReturnToBot, RepView } from "../wire";
import { useParts } from "./context";
import { Dialog } from "./Dialog";
import { DialogSteps } from "./DialogSteps";
import { fieldOf } from "./field-of";
import { TargetBox, targetOf } from "./targets";
import { topicChoices } from "./topics";

const BOT = "bot";
const THE_BOT = { id: BOT, title: "The bot", hint: "it goes on with what you found out" };

export function PassDialog({ view, onDone }: { view: RepView; onDone: () => void }) {
  const { desk } = useParts();
  const [to, setTo] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const passed = to === BOT ? desk.returnToBot(view.id, learntIn(data)) : desk.pass(view.id, targetOf(to), fieldOf(data, "note"));
    void passed.then((done) => done && onDone());
  };
  return (
    <Dialog labelledBy="pass-title" onClose={onDone}>
      <form onSubmit={submit}>
        <h2 id="pass-title">Pass this chat on</h2>
        <p class="soft">It keeps its place in line, and the customer is told who comes next.</p>
        <div class="form-field">
          <label for="pass-to">Who should go on?</label>
          <TargetBox id="pass-to" to={to} choose={setTo} needs={view.needs} besides={[THE_BOT]} />
        </div>
        {to === BOT && <Learnt view={view} />}
        <div class="form-field">
          <label for="pass-note">Note for whoever comes next</label>
          <textarea class="field" id="pass-note" name="note" rows={3} maxLength={4000} aria-describedby="pass-hint" />
          <p class="hint" id="pass-hint">
            What you found out, and what's next. Only reps see it.
          </p>
        </div>
        <DialogSteps stay="Keep it" go="Pass on" onStay={onDone} />
      </form>
    </Dialog>
  );
}

/** What the bot is told, so that it goes on where the rep stopped. */
function Learnt({ view }: { view: RepView }) {
  const topic = view.topic ?? view.brief.topic;
  return (
    <>
      <div class="form-field">
        <label for="pass-topic">What does the customer need now?</label>
        <select class="field" id="pass-topic" name="topic">
          <option value="">Leave it open</option>
          {topicChoices.map(([name, words]) => (
            <option key={name} value={name} selected={name === topic}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <div class="form-field">
        <label for="pass-order">Which order?</label>
        <input class="field" id="pass-order" name="order" maxLength={40} autocomplete="off" defaultValue={view.brief.order_id ?? ""} />
      </div>
    </>
  );
}

function learntIn(data: FormData): ReturnToBot {
  return { topic: fieldOf(data, "topic") || null, order: fieldOf(data, "order") || null, note: fieldOf(data, "note") };
}
