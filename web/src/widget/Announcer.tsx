/** Says new messages to screen readers, once each: the list itself is silent, as one's own words would be read twice while they're sent. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Placed } from "../shared/timeline";
import { useParts } from "./context";
import { strings } from "./strings";

export function Announcer() {
  const { chat } = useParts().widget;
  const words = useNews(chat.view.value?.id ?? "", chat.timeline.value.messages);
  return (
    <p class="hidden-words" role="status" aria-live="polite">
      {words}
    </p>
  );
}

/** What was said since this conversation was first seen whole; the customer's own words aren't news to them. */
function useNews(conversation: string, messages: readonly Placed[]): string {
  const heard = useRef<{ conversation: string; seq: number } | null>(null);
  const [words, setWords] = useState("");
  useEffect(() => {
    const last = messages.at(-1)?.seq ?? 0;
    const before = heard.current?.conversation === conversation ? heard.current.seq : null;
    if (last === 0 || (before !== null && last <= before)) return;
    heard.current = { conversation, seq: last };
    const news = before === null ? [] : messages.filter((message) => message.seq > before && message.author.kind !== "customer");
    if (news.length > 0) setWords(news.map(spoken).join("\n"));
  }, [conversation, messages]);
  return words;
}

function spoken({ author, text, attachment }: Placed): string {
  const names = { bot: strings.theBot, rep: strings.aPerson, desk: strings.desk, customer: strings.you };
  const said = attachment?.width ? strings.files.picture(text) : text;
  return `${author.name ?? names[author.kind]}: ${said}`;
}
