/** Three dots while a person types or the bot looks something up. */
import { useEffect, useState } from "preact/hooks";
import { useParts } from "./context";
import { botOwes } from "./shownow";
import { strings } from "./strings";

/** After that long no answer is on its way; the desk says so in the chat. */
const PATIENCE_MS = 20_000;

export function TypingLine() {
  const { chat } = useParts().widget;
  const messages = chat.timeline.value.messages;
  const owes = botOwes(messages, chat.outgoing.value, chat.view.value);
  const patient = useForAWhile(`${owes} ${messages.length} ${chat.outgoing.value.length}`);
  const typist = chat.typist.name.value;
  if (!typist && !(owes && patient)) return null;
  return (
    <li class={`line ${typist ? "line-rep" : "line-bot"} opens`}>
      <div class="bubble typing">
        <span class="hidden-words">{typist ? strings.typing(typist) : strings.botThinks}</span>
        <span class="dot" />
        <span class="dot" />
        <span class="dot" />
      </div>
    </li>
  );
}

function useForAWhile(mark: string): boolean {
  const [over, setOver] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setOver(mark), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [mark]);
  return over !== mark;
}
