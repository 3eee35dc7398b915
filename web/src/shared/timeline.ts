/** The messages of one conversation as this page has them. Pure: order, repeats and holes are decided here and nowhere else. */
import type { Message } from "../wire";
import type { Outgoing } from "./outbox";

export type Placed = Message & { seq: number };

export interface Timeline {
  /** In order of `seq`, each once; there may be holes. */
  messages: readonly Placed[];
  /** The newest `seq` that the desk is known to have. */
  head: number;
}

export const nothingSaid: Timeline = { messages: [], head: 0 };

/** Add what arrived, in any order and any number of times; `head` is the desk's, where it said so. */
export function merge(timeline: Timeline, arrived: readonly Message[], head = 0): Timeline {
  const placed = arrived.filter(isPlaced);
  const known = new Set(timeline.messages.map((message) => message.seq));
  const fresh = placed.filter((message) => !known.has(message.seq));
  const newest = placed.reduce((most, message) => Math.max(most, message.seq), Math.max(timeline.head, head));
  if (fresh.length === 0 && newest === timeline.head) return timeline;
  return { messages: inOrder([...timeline.messages, ...fresh]), head: newest };
}

/** The last `seq` before the first hole: ask the desk for what comes after it. */
export function wholeUntil(timeline: Timeline): number {
  const broken = timeline.messages.findIndex((message, index) => message.seq !== index + 1);
  return broken === -1 ? timeline.messages.length : broken;
}

/** Whether something is missing that the desk has. */
export function hasHole(timeline: Timeline): boolean {
  return wholeUntil(timeline) < timeline.head;
}

/** What is on its way and not yet among the stored messages. */
export function unstored<T extends Pick<Outgoing, "client_id">>(timeline: Timeline, outgoing: readonly T[]): T[] {
  const stored = new Set(timeline.messages.map((message) => message.client_id));
  return outgoing.filter((item) => !stored.has(item.client_id));
}

function isPlaced(message: Message): message is Placed {
  return message.seq !== null;
}

function inOrder(messages: Placed[]): Placed[] {
  const seen = new Set<number>();
  const once = messages.filter((message) => !seen.has(message.seq) && seen.add(message.seq));
  return once.sort((a, b) => a.seq - b.seq);
}
