/** Closed chats as a lead looks for them, in words and as the desk's address. Pure. */
import type { ClosedChat, FindClosed } from "../../wire";

/** The address that asks for them; what is empty isn't looked for. */
export function addressOf(wanted: FindClosed): string {
  const given = Object.entries(wanted).filter((each): each is [string, string] => Boolean(each[1]));
  return `/api/rep/closed?${new URLSearchParams(given).toString()}`;
}

/** Who helped: "Ruth", "The bot", "Nobody came". */
export function helperWords({ helped_by, rep }: Pick<ClosedChat, "helped_by" | "rep">): string {
  return { rep: rep ?? "A rep", bot: "The bot", nobody: "Nobody came" }[helped_by];
}

export function voteWord(solved: boolean | null): string {
  return solved === null ? "–" : solved ? "Yes" : "No";
}

export function nameOf(chat: ClosedChat): string {
  return chat.customer_name ?? "A visitor";
}
