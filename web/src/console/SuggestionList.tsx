/** Under the box: what has helped others with such a question. One key or a click puts it into the box, to be read and sent. */
import { useEffect } from "preact/hooks";
import type { Suggestion } from "../wire";
import { useParts } from "./context";
import { filled } from "./fields";
import type { RepChat } from "./rep-chat";
import { useFields } from "./use-fields";

export function SuggestionList({ id, onTake }: { id: string; onTake: (text: string) => void }) {
  const chat = useParts().desk.chats.value.get(id);
  const open = openQuestion(chat);
  useEffect(() => void chat?.suggesting.about(open), [chat, open]);
  const fields = useFields(id);
  const shown = chat?.suggesting.shown.value ?? [];
  if (shown.length === 0) return null;
  return (
    <section class="suggestions" aria-label="Suggested replies">
      <ul>
        {shown.map((each, place) => (
          <li key={each.text}>
            <button type="button" class="suggestion" title={filled(each.text, fields)} onClick={() => onTake(filled(each.text, fields))}>
              <span class="suggestion-from">{fromWords(each)}</span>
              <bdi class="suggestion-words">{filled(each.text, fields)}</bdi>
              {place === 0 && <kbd>Alt+S</kbd>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The `seq` of the customer's last message, if nobody has answered it; else 0. */
function openQuestion(chat: RepChat | undefined): number {
  const spoken = chat?.timeline.value.messages.filter((message) => message.kind === "text" && message.author.kind !== "desk") ?? [];
  const last = spoken.findLast((message) => message.author.kind === "customer" || message.author.kind === "rep");
  return last?.author.kind === "customer" ? last.seq : 0;
}

function fromWords({ title }: Suggestion): string {
  return title ?? "Helped before";
}
