/** The ready answers that fit what was typed after "/": open until one is taken or Esc is pressed. */
import { useState } from "preact/hooks";
import { insertWords } from "./box";
import { useChoices } from "./Choices";
import { useParts } from "./context";
import { filled } from "./fields";
import { slashBefore } from "./macros";
import { useFields } from "./use-fields";

export function useMacroMenu(id: string, text: string, cursor: number) {
  const { desk } = useParts();
  const [dismissed, setDismissed] = useState<string | null>(null);
  const fields = useFields(id);
  const typed = slashBefore(text, cursor);
  const mark = `${id}/${typed ?? ""}`;
  const matching = typed === null || dismissed === mark ? [] : desk.macros.matching(typed, desk.chats.value.get(id)?.view.value?.needs ?? []);
  const choices = matching.map((macro) => ({
    id: macro.name,
    title: macro.title,
    hint: `/${macro.name}`,
    run: () => insertWords(desk, id, filled(macro.text, fields), (typed?.length ?? 0) + 1),
  }));
  const { active, keys } = useChoices(choices, mark, () => setDismissed(mark));
  return { open: choices.length > 0, choices, active, keys };
}
