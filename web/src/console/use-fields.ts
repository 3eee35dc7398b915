/** What ready answers can be filled with in one chat. */
import { useParts } from "./context";
import { type Fields, fieldsOf } from "./fields";

export function useFields(id: string): Fields {
  const { desk, account } = useParts();
  const chat = desk.chats.value.get(id);
  const card = chat?.card.value;
  return fieldsOf(chat?.view.value ?? null, card?.kind === "there" ? card.card : null, account.rep.value?.display_name ?? null);
}
