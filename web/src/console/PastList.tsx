/** "Before": the customer's past conversations, each opens beside the chat to be read. */
import { useEffect } from "preact/hooks";
import type { PastConversation } from "../wire";
import { dayAndTime } from "./formats";
import { endWords, hasPast, rowOf } from "./past";
import type { RepChat } from "./rep-chat";
import { inWords } from "./topics";

export function PastList({ chat }: { chat: RepChat }) {
  const view = chat.view.value;
  const shown = view !== null && hasPast(view);
  useEffect(() => {
    if (view && shown) void chat.past.read(view);
  }, [chat, shown]);
  const listed = chat.past.listed.value;
  if (!shown || !listed) return null;
  return (
    <section>
      <h2>Past conversations</h2>
      {listed.conversations.length === 0 && <p class="soft">This is their first.</p>}
      <ul class="past">
        {listed.conversations.map((each) => (
          <Row key={each.id} past={each} onOpen={() => void chat.past.look(each.id)} />
        ))}
      </ul>
      {listed.more && <p class="soft">There are more: the newest are listed.</p>}
      {chat.past.problem.value && (
        <p class="soft" role="alert">
          {chat.past.problem.value}
        </p>
      )}
    </section>
  );
}

function Row({ past, onOpen }: { past: PastConversation; onOpen: () => void }) {
  return (
    <li>
      <button type="button" class="past-row" id={rowOf(past.id)} onClick={onOpen}>
        <span class="past-topic">{past.topic ? inWords(past.topic) : "No topic"}</span>
        <time class="soft" dateTime={past.closed_at}>
          {dayAndTime(past.closed_at)}
        </time>
        <span class={past.solved === false ? "past-end unclear" : "past-end"}>
          <bdi>{endWords(past)}</bdi>
        </span>
      </button>
    </li>
  );
}
