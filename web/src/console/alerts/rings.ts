/** What a rep is alerted of, out of two readings of the lists. Pure: who is looking, and how it rings, isn't decided here. */
import type { QueueItem, RepQueue } from "../../wire";
import type { When } from "./settings";

export interface Alert {
  what: keyof When;
  chat: QueueItem;
  title: string;
}

/** What the lists held when they were last heard of. */
export interface Heard {
  /** The rep's chats, with the time of the customer's newest words. */
  mine: ReadonlyMap<string, number>;
  waiting: ReadonlySet<string>;
  forRep: ReadonlySet<string>;
  due: ReadonlySet<string>;
  /** The chat that was offered. */
  offered: string | null;
}

/** What is new since `before`; of the first reading nothing is, however much there is. */
export function rings(before: Heard | null, queue: RepQueue, at: number): Alert[] {
  if (!before) return [];
  return [...wrote(before, queue), ...given(before, queue), ...waits(before, queue, at), ...due(before, queue, at)];
}

/** What to remember of the lists. The time of words never goes back: an older list may come after a newer message. */
export function heardOf(before: Heard | null, queue: RepQueue): Heard {
  return {
    mine: new Map(queue.mine.map((chat) => [chat.id, Math.max(timeOf(chat), before?.mine.get(chat.id) ?? 0)])),
    waiting: idsOf(queue.waiting),
    forRep: idsOf(queue.waiting.filter((chat) => chat.for_you)),
    due: idsOf(queue.due),
    offered: queue.offer?.chat.id ?? null,
  };
}

function wrote(before: Heard, { mine }: RepQueue): Alert[] {
  const news = mine.filter((chat) => timeOf(chat) > (before.mine.get(chat.id) ?? Infinity));
  return news.map((chat) => ({ what: "wrote", chat, title: `${nameOf(chat)} has written` }));
}

/** What the rep took out of an offer isn't given: they know. */
function given(before: Heard, { mine, waiting, offer }: RepQueue): Alert[] {
  const fresh = mine.filter((chat) => !before.mine.has(chat.id) && before.offered !== chat.id);
  const passed = waiting.filter((chat) => chat.for_you && !before.forRep.has(chat.id));
  const offered = offer && offer.chat.id !== before.offered ? [offer.chat] : [];
  return [
    ...fresh.map((chat) => ({ what: "given" as const, chat, title: `${nameOf(chat)} is yours now` })),
    ...passed.map((chat) => ({ what: "given" as const, chat, title: `${nameOf(chat)} was passed to you` })),
    ...offered.map((chat) => ({ what: "given" as const, chat, title: `${nameOf(chat)} is offered to you` })),
  ];
}

/** One for all who came at once, for a rep who claims by themselves and has nothing to do. */
function waits(before: Heard, { mine, waiting, you }: RepQueue, at: number): Alert[] {
  if (mine.length > 0 || you.pushed || !isThere(you, at)) return [];
  const fresh = waiting.find((chat) => !chat.for_you && !before.waiting.has(chat.id) && !before.mine.has(chat.id));
  return fresh ? [{ what: "waits", chat: fresh, title: `${nameOf(fresh)} waits for a person` }] : [];
}

/** For a rep who claims by themselves and has room: to others it's offered, or it would be one too many. */
function due(before: Heard, { due: now, you }: RepQueue, at: number): Alert[] {
  if (you.pushed || !isThere(you, at) || !hasRoom(you)) return [];
  const fresh = now.filter((chat) => !before.due.has(chat.id) && !before.mine.has(chat.id));
  return fresh.map((chat) => ({ what: "due", chat, title: `${nameOf(chat)} ${chat.promise?.kind === "call_back" ? "was promised a call: it's due" : "was promised an answer: it's due"}` }));
}

/** Not on a break, and not on a breather; `at` is the time in milliseconds. */
export function isThere(you: RepQueue["you"], at: number): boolean {
  return you.away_since === null && (you.breather_until === null || Date.parse(you.breather_until) <= at);
}

/** Whether another chat wouldn't be one too many, as the desk counts. */
function hasRoom({ load, held, capacity }: RepQueue["you"]): boolean {
  return load < capacity && held < 2 * capacity;
}

function nameOf(chat: QueueItem): string {
  return chat.customer_name ?? "A visitor";
}

function timeOf(chat: QueueItem): number {
  return Date.parse(chat.last_at);
}

function idsOf(chats: readonly QueueItem[]): ReadonlySet<string> {
  return new Set(chats.map((chat) => chat.id));
}
