/** What customers wrote who said that it isn't solved: the newest first. Each opens the chat to be read. */
import { useState } from "preact/hooks";
import type { ClosedChat, Figures } from "../../wire";
import { dayAndTime } from "../formats";
import { helperWords, nameOf } from "./closed";
import { ClosedReading } from "./ClosedReading";
import { More } from "./More";
import { TopicChoice } from "./TopicChoice";
import { useClosed } from "./use-closed";
import { topicWords } from "./words";

interface ListProps {
  period: Figures["period"];
  /** Grows when the page is read again. */
  reading: number;
}

export function SaidNo({ period, reading }: ListProps) {
  const [topic, setTopic] = useState("");
  const [open, setOpen] = useState<ClosedChat | null>(null);
  const { chats, trouble, more } = useClosed({ period, topic, vote: "no", written: "yes" }, reading);
  return (
    <section>
      <h2>What those who said no wrote</h2>
      <div class="closed-filters">
        <TopicChoice chosen={topic} choose={setTopic} />
      </div>
      {chats?.length === 0 && <p class="soft">Nobody has written anything with a “no” in this time.</p>}
      <ul class="said-no" tabIndex={0} aria-label="What they wrote">
        {chats?.map((chat) => (
          <li key={chat.id}>
            <blockquote>
              <bdi>{chat.words}</bdi>
            </blockquote>
            <p class="soft">
              {topicWords(chat.topic ?? "none")}
              {chat.cause && (
                <>
                  , <bdi>{chat.cause}</bdi>
                </>
              )}{" "}
              · <bdi>{helperWords(chat)}</bdi> · {dayAndTime(chat.closed_at)}{" "}
              <button type="button" class="link-button" onClick={() => setOpen(chat)} aria-label={`Read the chat of ${nameOf(chat)}, closed ${dayAndTime(chat.closed_at)}`}>
                Read the chat
              </button>
            </p>
          </li>
        ))}
      </ul>
      <More what="sentences" loaded={chats} more={more} trouble={trouble} />
      {open && <ClosedReading chat={open} onClose={() => setOpen(null)} />}
    </section>
  );
}
