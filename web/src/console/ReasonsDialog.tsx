/** "Why did I get this chat?": what was decided about it, and whom else it was offered to. */
import { useEffect, useState } from "preact/hooks";
import { type Answer, wordsOf } from "../shared/ask";
import { dayOf, timeOfDay } from "../shared/clock";
import type { ChatReasons } from "../wire";
import { useParts } from "./context";
import { Dialog } from "./Dialog";

export function ReasonsDialog({ id, onDone }: { id: string; onDone: () => void }) {
  const { desk } = useParts();
  const [answer, setAnswer] = useState<Answer<ChatReasons> | null>(null);
  useEffect(() => void desk.ask<ChatReasons>("GET", `/api/rep/conversations/${id}/reasons`).then(setAnswer), [desk, id]);
  return (
    <Dialog labelledBy="reasons-title" onClose={onDone}>
      <h2 id="reasons-title">How this chat came here</h2>
      {answer?.kind === "ok" ? <Told told={answer.body} /> : <p role="status">{answer ? wordsOf(answer, "That didn't get through. Try again.") : "One moment"}</p>}
      <p class="dialog-steps">
        <button type="button" class="button" onClick={onDone}>
          Close
        </button>
      </p>
    </Dialog>
  );
}

function Told({ told }: { told: ChatReasons }) {
  return (
    <>
      <ol class="reasons">
        {told.reasons.map(({ at, text }, index) => (
          <li key={index}>
            <time dateTime={at} class="soft">
              {dayOf(at)} {timeOfDay(at)}
            </time>{" "}
            <bdi>{text}</bdi>
          </li>
        ))}
      </ol>
      {told.reasons.length === 0 && <p>Nothing has been decided about it yet.</p>}
      {told.waits && (
        <p>
          <strong>It goes on waiting:</strong> {told.waits}
        </p>
      )}
    </>
  );
}
