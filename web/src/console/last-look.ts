/** Where the rep's last look at a chat ended: what came after it stands under a line, until they answer or leave the chat. */
import { effect, signal, untracked } from "@preact/signals";
import type { Store } from "../shared/store";
import { type Placed, wholeUntil } from "../shared/timeline";
import type { Desk } from "./desk";

const PREFIX = "viewed.";

/** A look at a chat: the `seq` at which the look before it ended, and the newest one when this look began. */
export interface Look {
  id: string;
  from: number | null;
  until: number;
}

export class LastLook {
  readonly #look = signal<Look | null>(null);
  readonly #ends = new Map<string, number>();
  /** The look that waits for the desk to say what it has missed. */
  #asking: { id: string; from: number | null } | null = null;

  constructor(
    readonly desk: Desk,
    readonly store: Store,
  ) {
    const keys = store.keys().filter((key) => key.startsWith(PREFIX));
    keys.forEach((key) => this.#ends.set(key.slice(PREFIX.length), Number(store.get(key)) || 0));
  }

  /** The `seq` of the message before which the line stands in a chat; null where there's none. */
  lineIn(id: string, messages: readonly Placed[]): number | null {
    const look = this.#look.value;
    return look?.id === id ? lineOf(look, messages) : null;
  }

  /** Begin to watch; returns how to stop. */
  start(): () => void {
    const stops = [effect(() => this.#leave()), effect(() => this.#begin()), effect(() => this.#follow())];
    return () => stops.forEach((stop) => stop());
  }

  /** The desk has sent what was missed of a chat, up to `head`. */
  caughtUp(id: string, head: number): void {
    const asking = this.#asking;
    if (asking?.id !== id) return;
    this.#asking = null;
    this.#show(id, asking.from, head);
  }

  /** Another chat is opened: the line of the one before it is gone. */
  #leave(): void {
    const id = this.desk.selected.value;
    if (this.#look.peek()?.id !== id) this.#look.value = null;
  }

  #begin(): void {
    const id = this.#looksAt();
    if (id) untracked(() => this.#open(id));
  }

  #open(id: string): void {
    const from = this.#ends.get(id) ?? null;
    this.#asking = { id, from };
    this.#show(id, from, this.#headOf(id));
  }

  #show(id: string, from: number | null, until: number): void {
    if (from !== null && until > from) this.#look.value = { id, from, until };
  }

  #follow(): void {
    const id = this.#looksAt();
    const chat = this.desk.chat.value;
    const seen = chat?.id === id ? wholeUntil(chat.timeline.value) : 0;
    if (!id || seen <= (this.#ends.get(id) ?? 0)) return;
    this.#ends.set(id, seen);
    untracked(() => this.#keep(id, seen));
  }

  /** What is looked at while the desk is heard: what comes later than that is new. */
  #looksAt(): string | null {
    return this.desk.line.value === "open" ? this.desk.seen.looking.value : null;
  }

  #headOf(id: string): number {
    const { mine, waiting, due } = this.desk.queue.peek();
    const listed = [...mine, ...waiting, ...due].find((chat) => chat.id === id)?.head ?? 0;
    const chat = this.desk.chats.peek().get(id);
    return Math.max(listed, chat ? wholeUntil(chat.timeline.peek()) : 0);
  }

  /** Of the rep's own chats it's known after a reload too. */
  #keep(id: string, seen: number): void {
    const mine = new Set(this.desk.queue.peek().mine.map((chat) => PREFIX + chat.id));
    if (!mine.has(PREFIX + id)) return;
    this.store.keys().filter((key) => key.startsWith(PREFIX) && !mine.has(key)).forEach((key) => this.store.remove(key));
    this.store.set(PREFIX + id, String(seen));
  }
}

/** The first message of somebody else's that came between two looks; none once the rep has answered. */
export function lineOf({ from, until }: Look, messages: readonly Placed[]): number | null {
  if (from === null) return null;
  const after = messages.filter((message) => message.seq > from);
  if (after.some(isOwn)) return null;
  return after.find((message) => message.seq <= until && message.author.kind !== "desk")?.seq ?? null;
}

/** Only what somebody wrote themselves comes with its `client_id`. */
function isOwn(message: Placed): boolean {
  return message.author.kind === "rep" && message.client_id !== null;
}
