/** What the rep has looked at: marks for unread chats, and the words for screen readers. */
import { computed, effect, signal } from "@preact/signals";
import type { Store } from "../shared/store";
import type { QueueItem, Replay } from "../wire";
import type { Desk } from "./desk";
import { LastLook } from "./last-look";
import type { RepChat } from "./rep-chat";

const PREFIX = "seen.";

export class Seen {
  /** For each chat, the time of the customer's last message that the rep has looked at. */
  readonly #lastAt = signal<ReadonlyMap<string, string>>(new Map());
  /** The last news, for the page's live region. */
  readonly news = signal("");
  /** Whether another page lies over the chats: then nothing in them is looked at. */
  readonly covered = signal(false);
  readonly lastLook: LastLook;
  readonly #visible = signal(document.visibilityState === "visible");

  /** The chat that is before the rep's eyes in this tab. */
  readonly looking = computed(() => (this.#visible.value && !this.covered.value ? this.desk.selected.value : null));

  constructor(
    readonly desk: Desk,
    readonly store: Store,
  ) {
    this.lastLook = new LastLook(desk, store);
    this.#read();
  }

  /** Whether the customer has said something that the rep hasn't looked at. */
  isUnread(item: QueueItem): boolean {
    return this.#lastAt.value.get(item.id) !== item.last_at;
  }

  /** The rep's chats that are unread. */
  unread(): QueueItem[] {
    return this.desk.queue.value.mine.filter((item) => this.isUnread(item));
  }

  /** The desk has sent what was missed of a chat. */
  hearReplay({ conversation, messages, head }: Replay, chat: RepChat): void {
    this.lastLook.caughtUp(conversation, head);
    chat.follower.take(messages, head);
  }

  /** Begin to watch; returns how to stop. */
  start(): () => void {
    const look = () => (this.#visible.value = document.visibilityState === "visible");
    // What is looked at in another tab is seen in this one too.
    const onStorage = ({ key }: StorageEvent) => (key?.includes(`.${PREFIX}`) ? this.#read() : undefined);
    document.addEventListener("visibilitychange", look);
    addEventListener("storage", onStorage);
    const stops = [effect(() => this.#lookAtOpenChat()), this.lastLook.start(), this.#tellNews()];
    return () => {
      document.removeEventListener("visibilitychange", look);
      removeEventListener("storage", onStorage);
      stops.forEach((stop) => stop());
    };
  }

  #read(): void {
    const keys = this.store.keys().filter((key) => key.startsWith(PREFIX));
    this.#lastAt.value = new Map(keys.map((key) => [key.slice(PREFIX.length), this.store.get(key) ?? ""]));
  }

  #lookAtOpenChat(): void {
    const open = this.looking.value;
    const item = this.desk.queue.value.mine.find((mine) => mine.id === open);
    if (!item || this.#lastAt.peek().get(item.id) === item.last_at) return;
    this.#lastAt.value = new Map(this.#lastAt.peek()).set(item.id, item.last_at);
    this.#forgetOld(this.desk.queue.value.mine);
    this.store.set(PREFIX + item.id, item.last_at);
  }

  #forgetOld(mine: readonly QueueItem[]): void {
    const kept = new Set(mine.map((item) => PREFIX + item.id));
    this.store.keys().filter((key) => key.startsWith(PREFIX) && !kept.has(key)).forEach((key) => this.store.remove(key));
  }

  #tellNews(): () => void {
    let before = new Set<string>();
    return effect(() => {
      const unread = this.unread();
      const fresh = unread.find((item) => !before.has(item.id + item.last_at));
      before = new Set(unread.map((item) => item.id + item.last_at));
      if (fresh) this.news.value = `New message from ${fresh.customer_name ?? "a customer"}`;
    });
  }
}
