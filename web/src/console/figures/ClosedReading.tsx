/** A closed chat, only to be read. Opening it is silent for the customer, and on the record. */
import { signal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { nothingSaid, type Timeline } from "../../shared/timeline";
import type { ClosedChat, Message } from "../../wire";
import { useParts } from "../context";
import { Dialog } from "../Dialog";
import { dayAndTime } from "../formats";
import { lookBack, type Looked } from "../look-back";
import { SaidThen } from "../PastReading";
import { helperWords, nameOf, voteWord } from "./closed";
import { topicWords } from "./words";

export function ClosedReading({ chat, onClose }: { chat: ClosedChat; onClose: () => void }) {
  const { messages, notes, trouble } = useLook(chat.id);
  return (
    <Dialog labelledBy="closed-title" className="closed-reading" onClose={onClose}>
      <header>
        <h2 id="closed-title">
          <bdi>{nameOf(chat)}</bdi>: {topicWords(chat.topic ?? "none")}
        </h2>
        <button type="button" class="button" onClick={onClose}>
          Close
        </button>
      </header>
      <p class="soft">
        Closed {dayAndTime(chat.closed_at)} · Helped last: <bdi>{helperWords(chat)}</bdi> · Solved? {voteWord(chat.solved)}
      </p>
      {chat.cause && (
        <p class="soft">
          Cause: <bdi>{chat.cause}</bdi>
        </p>
      )}
      {chat.words && (
        <blockquote>
          <bdi>{chat.words}</bdi>
        </blockquote>
      )}
      <p role="status" class="soft">
        {trouble ?? (messages.length === 0 && "One moment")}
      </p>
      <SaidThen messages={messages} notes={notes} />
    </Dialog>
  );
}

/** Put the look on record, then read all that was said. */
function useLook(id: string) {
  const { desk } = useParts();
  const timeline = useMemo(() => signal<Timeline>(nothingSaid), [id]);
  const [notes, setNotes] = useState<readonly Message[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    const seen = (looked: Looked) => current && setNotes(looked.notes);
    void lookBack(desk.ask, `/api/rep/conversations/${id}`, timeline, seen).then((words) => current && setTrouble(words));
    return () => {
      current = false;
    };
  }, [desk, id]);
  return { messages: timeline.value.messages, notes, trouble };
}
