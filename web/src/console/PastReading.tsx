/** A past conversation, in place of the details: only to be read, while the chat and its box stay where they are. */
import { useEffect, useRef } from "preact/hooks";
import { timeOfDay } from "../shared/clock";
import { Icon } from "../shared/icons";
import { type ShownLine, shownLines } from "../shared/lines";
import { Words } from "../shared/Words";
import type { Message } from "../wire";
import { dayAndTime } from "./formats";
import { endWords, type Past, type Reading, rowOf } from "./past";
import { AUTHORS, withNotes } from "./Transcript";
import { inWords } from "./topics";

export function PastReading({ past, reading }: { past: Past; reading: Reading }) {
  const { of: shown, notes } = reading;
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    back.current?.focus();
    return () => void requestAnimationFrame(() => document.getElementById(rowOf(shown.id))?.focus());
  }, [shown.id]);
  return (
    <aside class="details" aria-labelledby="past-title">
      <header class="past-head">
        <button type="button" class="icon-button" ref={back} aria-label="Back to the details" onClick={() => past.shut()}>
          <Icon name="back" />
        </button>
        <h2 id="past-title">{shown.topic ? inWords(shown.topic) : "No topic"}</h2>
      </header>
      <p class="soft">
        Closed {dayAndTime(shown.closed_at)} · <bdi>{endWords(shown)}</bdi>
      </p>
      {shown.cause && (
        <p class="soft">
          Cause: <bdi>{shown.cause}</bdi>
        </p>
      )}
      {past.problem.value && <p role="alert">{past.problem.value}</p>}
      <SaidThen messages={reading.timeline.value?.messages ?? []} notes={notes} />
    </aside>
  );
}

/** All that was said in a closed conversation, and what reps noted. */
export function SaidThen({ messages, notes }: { messages: readonly Message[]; notes: readonly Message[] }) {
  return (
    <ol class="past-said" tabIndex={0} aria-label="What was said then">
      {shownLines(withNotes(messages, notes)).map((line) => (
        <Line key={line.message.id} line={line} />
      ))}
    </ol>
  );
}

function Line({ line: { message, opens, day } }: { line: ShownLine }) {
  const { kind, name } = message.author;
  return (
    <>
      {day && <li class="day">{day}</li>}
      <li class={`past-line past-${message.kind === "note" ? "note" : kind}`}>
        {opens && kind !== "desk" && (
          <p class="past-by">
            <bdi>{name ?? AUTHORS[kind]}</bdi> <time dateTime={message.created_at}>{timeOfDay(message.created_at)}</time>
            {message.kind === "note" && <span class="badge">Only reps see this</span>}
          </p>
        )}
        {message.attachment ? `File: ${message.text}` : <Words text={message.text} showAll="Show all of this message" />}
      </li>
    </>
  );
}
