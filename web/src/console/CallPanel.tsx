/** A promise in the rep's own chat: the number to call, when they wanted it and how long it has been due, the tries, and how this one went. */
import { useState } from "preact/hooks";
import { now, since } from "../shared/clock";
import type { Attempt, CallMade, Dialled, PromiseToKeep, RepView } from "../wire";
import { useParts } from "./context";
import { callWords } from "./promise-words";

const A_MINUTE_MS = 60_000;
const OUTCOMES: Record<CallMade["outcome"], string> = {
  reached: "Reached",
  no_answer: "No answer",
  busy: "Busy",
  wrong_number: "Wrong number",
};

export function CallPanel({ view }: { view: RepView }) {
  const promise = view.promise;
  if (!promise || !view.yours || view.state !== "with_rep") return null;
  return (
    <section class="call-panel" aria-label="Promised to this customer">
      <Due promise={promise} />
      {promise.kind === "call_back" ? <Call id={view.id} promise={promise} /> : <p>They were promised an answer here. It's kept when you write.</p>}
    </section>
  );
}

function Due({ promise }: { promise: PromiseToKeep }) {
  const late = now.value - Date.parse(promise.from) > A_MINUTE_MS;
  return (
    <>
      <p class={late ? "call-due long" : "call-due"}>
        {promise.kind === "call_back" ? "Call promised" : "Answer promised"}, due for {since(promise.from, now.value)}
      </p>
      {promise.kind === "call_back" && <p>{callWords(promise, now.value)}</p>}
    </>
  );
}

function Call({ id, promise }: { id: string; promise: PromiseToKeep }) {
  const { desk } = useParts();
  const [dialled, setDialled] = useState<Dialled | null>(null);
  const [note, setNote] = useState("");
  const call = async () => {
    const answer = await desk.calls.dial(id);
    if (answer) setDialled(answer);
    if (answer?.how === "link") window.location.assign(answer.link);
  };
  return (
    <>
      <p class="call-number">
        <bdi>{promise.phone}</bdi>{" "}
        <button type="button" class="button button-main" onClick={() => void call()}>
          Call
        </button>
      </p>
      {dialled && <p role="status">{dialled.words}</p>}
      {promise.attempts.length > 0 && (
        <ul class="call-tries">
          {promise.attempts.map((each) => (
            <Try key={each.at} attempt={each} />
          ))}
        </ul>
      )}
      <label for="call-note">Note on the call (optional)</label>
      <input class="field" id="call-note" maxLength={1000} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      <div class="call-outcomes" role="group" aria-label="How did the call go?">
        {(Object.keys(OUTCOMES) as CallMade["outcome"][]).map((outcome) => (
          <button key={outcome} type="button" class="button" onClick={() => void desk.calls.made(id, { outcome, note: note || null })}>
            {OUTCOMES[outcome]}
          </button>
        ))}
      </div>
    </>
  );
}

function Try({ attempt }: { attempt: Attempt }) {
  return (
    <li>
      {OUTCOMES[attempt.outcome]}, <bdi>{attempt.by}</bdi> at {new Date(attempt.at).toLocaleTimeString([], { timeStyle: "short" })}
      {attempt.note && (
        <>
          : <bdi>{attempt.note}</bdi>
        </>
      )}
    </li>
  );
}
