/** Putting suggested replies into the box: at the cursor, or in place of the one that was put in last and not changed. */
import { useRef } from "preact/hooks";
import { insertWords, replaceWords } from "./box";
import { useParts } from "./context";
import { filled } from "./fields";
import { useFields } from "./use-fields";

export function useSuggestions(id: string) {
  const { desk } = useParts();
  const fields = useFields(id);
  const last = useRef<string | null>(null);
  const take = (words: string) => {
    const before = last.current;
    if (before && desk.drafts.of(id).includes(before)) replaceWords(desk, id, before, words);
    else insertWords(desk, id, words);
    last.current = words;
  };
  const next = (event: KeyboardEvent) => {
    event.preventDefault();
    const texts = (desk.chats.peek().get(id)?.suggesting.shown.peek() ?? []).map((each) => filled(each.text, fields));
    const put = texts.findIndex((text) => text === last.current && desk.drafts.of(id).includes(text));
    const following = texts[(put + 1) % texts.length];
    if (following !== undefined) take(following);
  };
  return { take, next };
}
