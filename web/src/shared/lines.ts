/** Stored messages as lines on the screen: who spoke, where one author's group begins, where a day begins. */
import type { Message } from "../wire";
import { dayOf } from "./clock";

export interface ShownLine<M extends Message = Message> {
  message: M;
  /** The first of a run by one author: shows the name. */
  opens: boolean;
  /** The last of a run by one author: shows the time. */
  ends: boolean;
  /** The day's words when this line is the first of its day. */
  day: string | null;
}

const RUN_MS = 5 * 60_000;

/** Lines for the messages, in their order. */
export function shownLines<M extends Message>(messages: readonly M[], at = Date.now()): ShownLine<M>[] {
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    const day = dayOf(message.created_at, at);
    const newDay = !before || dayOf(before.created_at, at) !== day;
    return { message, opens: newDay || !sameRun(before, message), ends: !after || !sameRun(message, after), day: newDay ? day : null };
  });
}

function sameRun(a: Message, b: Message): boolean {
  const close = Date.parse(b.created_at) - Date.parse(a.created_at) < RUN_MS;
  return close && a.kind === b.kind && a.author.kind === b.author.kind && a.author.name === b.author.name;
}
