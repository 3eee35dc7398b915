/** One chat of a shift that ends: who goes on, and with what; or that it's settled. */
import { useState } from "preact/hooks";
import type { QueueItem } from "../../wire";
import { CallLaterDialog } from "../CallLaterDialog";
import { CloseDialog } from "../CloseDialog";
import { useParts } from "../context";
import { Dialog } from "../Dialog";
import { DialogSteps } from "../DialogSteps";
import { aboutOf } from "../ListItem";
import { TargetBox, targetOf } from "../targets";
import type { NextStep } from "./shift";

const WAYS = {
  line: { says: "Whoever is free next goes on", go: "Hand on" },
  colleague: { says: "A colleague or a team goes on", go: "Hand on" },
  answer: { says: "Somebody answers here later", go: "Promise the answer" },
  call: { says: "Somebody calls them", go: "Choose a time" },
  close: { says: "Nothing: it's settled", go: "Close it" },
} as const;
type Way = keyof typeof WAYS;

interface Plan {
  way: Way;
  /** A colleague, team or skill, as their list names it. */
  to: string;
}

interface SettleProps {
  item: QueueItem;
  left: number;
  onKeep: () => void;
  onDone: () => void;
}

export function Settle({ item, left, onKeep, onDone }: SettleProps) {
  const { desk } = useParts();
  /** Another dialog goes on with this chat, and comes back here. */
  const [elsewhere, goOn] = useState(false);
  const [plan, change] = useState<Plan>({ way: "line", to: "" });
  const view = desk.chats.value.get(item.id)?.view.value;
  const draft = `next.${item.id}`;
  const words = desk.drafts.of(draft);
  const next = nextStep(plan, words);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (next) void desk.settle(item.id, next).then((done) => done && desk.drafts.set(draft, ""));
    else goOn(true);
  };
  if (elsewhere && plan.way === "call") return <CallLaterDialog id={item.id} leaving words={words} onDone={() => goOn(false)} />;
  if (elsewhere && view) return <CloseDialog view={view} onDone={() => goOn(false)} />;
  return (
    <Dialog labelledBy="shift-title" className="shift-dialog" onClose={onDone}>
      <form onSubmit={submit}>
        <h2 id="shift-title">Before you go</h2>
        <p class="soft">{left === 1 ? "One chat needs a next step." : `${left} chats need a next step. The first of them:`}</p>
        <Shown item={item} />
        <Ways chosen={plan.way} choose={(way) => change({ ...plan, way })} />
        {plan.way === "colleague" && <Colleague to={plan.to} needs={item.needs} choose={(to) => change({ ...plan, to })} />}
        {next && <Words words={words} write={(text) => desk.drafts.set(draft, text)} />}
        <p>
          <button type="button" class="link-button" onClick={onKeep}>
            I&rsquo;ll finish this one myself
          </button>
        </p>
        <DialogSteps stay="Not now" go={WAYS[plan.way].go} canGo={!next || words.trim() !== ""} onStay={onDone} />
      </form>
    </Dialog>
  );
}

/** What the desk is told; null for what another dialog asks about: the time of a call, or topic and cause. */
function nextStep({ way, to }: Plan, words: string): NextStep | null {
  if (way === "close" || way === "call") return null;
  if (way === "answer") return { step: "answer-later", body: { next_step: words } };
  return { step: "hand-on", body: { next_step: words, to: way === "colleague" ? targetOf(to) : null } };
}

function Ways({ chosen, choose }: { chosen: Way; choose: (way: Way) => void }) {
  return (
    <fieldset class="form-field">
      <legend>What happens next?</legend>
      {(Object.keys(WAYS) as Way[]).map((way) => (
        <label key={way} class="choice-line">
          <input type="radio" name="way" checked={chosen === way} onChange={() => choose(way)} /> {WAYS[way].says}
        </label>
      ))}
    </fieldset>
  );
}

function Words({ words, write }: { words: string; write: (words: string) => void }) {
  return (
    <div class="form-field">
      <label for="next-step">Next step, for whoever goes on</label>
      <textarea class="field" id="next-step" rows={3} required maxLength={1000} value={words} onInput={(event) => write(event.currentTarget.value)} aria-describedby="next-step-hint" />
      <p class="hint" id="next-step-hint">
        What has been done, and what comes next. Only reps see it.
      </p>
    </div>
  );
}

/** The chat itself stands open behind the dialog. */
function Shown({ item }: { item: QueueItem }) {
  return (
    <div class="shift-chat">
      <p>
        <bdi class="row-name">{item.customer_name ?? "A visitor"}</bdi> <span class="soft">{aboutOf(item)}</span>
      </p>
      <p class="row-words">
        <bdi>{item.last_text}</bdi>
      </p>
    </div>
  );
}

function Colleague({ to, needs, choose }: { to: string; needs: readonly string[]; choose: (to: string) => void }) {
  return (
    <div class="form-field">
      <label for="shift-to">Who goes on?</label>
      <TargetBox id="shift-to" to={to} choose={choose} needs={needs} staying />
    </div>
  );
}
