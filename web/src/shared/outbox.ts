/** Messages that the desk hasn't acknowledged: one stored entry each, so that two tabs never overwrite one another. */
import { readJson, type Store } from "./store";

export interface Outgoing {
  client_id: string;
  /** Where it was written; null before the first conversation is open. */
  conversation: string | null;
  text: string;
  /** The opaque id of the button that was pressed; `text` is then its title. */
  button?: string;
  /** Milliseconds since 1970, this browser's clock; only for keeping one's own messages in order. */
  at: number;
  state: "pending" | "failed";
  /** Why it failed, in words for its author. */
  problem?: string;
  /** Only its author sends it again: the desk refused it for what it is, or it's old. */
  held?: boolean;
}

export interface Outbox {
  items(): Outgoing[];
  put(item: Outgoing): void;
  remove(clientId: string): void;
  clear(): void;
}

const PREFIX = "outgoing.";
/** Older ones are not sent by themselves after a reload: their author may have asked elsewhere meanwhile. */
export const STALE_MS = 3_600_000;

/** The outbox kept in `store`, oldest first. */
export function outbox(store: Store): Outbox {
  const remove = (clientId: string) => store.remove(PREFIX + clientId);
  return {
    items: () => keysOf(store).flatMap((key) => readItem(store, key)).sort((a, b) => a.at - b.at),
    put: (item) => store.set(PREFIX + item.client_id, JSON.stringify(item)),
    remove,
    clear: () => keysOf(store).forEach((key) => store.remove(key)),
  };
}

/** Mark what has waited for more than an hour as failed; its author decides. `words` say why. */
export function setAsideStale(box: Outbox, words: string, now = Date.now()): void {
  box
    .items()
    .filter((item) => item.state === "pending" && now - item.at > STALE_MS)
    .forEach((item) => box.put({ ...item, state: "failed", problem: words, held: true }));
}

/** Whether a storage key, as other tabs report it, belongs to an outbox. */
export function isOutboxKey(key: string): boolean {
  return key.includes(PREFIX);
}

function keysOf(store: Store): string[] {
  return store.keys().filter((key) => key.startsWith(PREFIX));
}

function readItem(store: Store, key: string): Outgoing[] {
  const item = readJson(store, key) as Partial<Outgoing> | null;
  return item && typeof item.client_id === "string" && typeof item.text === "string" ? [item as Outgoing] : [];
}
