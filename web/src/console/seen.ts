/** What the rep has looked at: marks for unread chats, the number in the tab's title, and the words for screen readers. */
import { effect, signal } from "@preact/signals";
import type { Store } from "../shared/store";
import type { QueueItem } from "../wire";
import type { Desk } from "./desk";

const PREFIX = "seen.";

export class Seen {
  /** For each chat, the time of the customer's last message that the rep has looked at. */
  readonly #lastAt = signal<ReadonlyMap<string, string>>(new Map());
  /** The last news, for the page's live region. */
  readonly news = signal("");
  /** Whether another page lies over the chats: then nothing in them is looked at. */
  readonly covered = signal(false);
  readonly #visible = signal(document.visibilityState === "visible");

  constructor(
    readonly desk: Desk,
    readonly store: Store,
  ) {
    const keys = store.keys().filter((key) => key.startsWith(PREFIX));
    this.#lastAt.value = new Map(keys.map((key) => [key.slice(PREFIX.length), store.get(key) ?? ""]));
  }

  /** Whether the customer has said something that the rep hasn't looked at. */
  isUnread(item: QueueItem): boolean {
    return this.#lastAt.value.get(item.id) !== item.last_at;
  }

  /** The rep's chats that are unread. */
  unread(): QueueItem[] {
    return this.desk.queue.value.mine.filter((item) => this.isUnread(item));
  }

  /** Begin to watch; returns how to stop. */
  start(): () => void {
    const look = () => (this.#visible.value = document.visibilityState === "visible");
    document.addEventListener("visibilitychange", look);
    const stops = [effect(() => this.#lookAtOpenChat()), effect(() => this.#tellTitle()), this.#tellNews()];
    return () => {
      document.removeEventListener("visibilitychange", look);
      stops.forEach((stop) => stop());
    };
  }

  #lookAtOpenChat(): void {
    const open = this.desk.selected.value;
    const item = this.desk.queue.value.mine.find((mine) => mine.id === open);
    if (!item || !this.#visible.value || this.covered.value || this.#lastAt.peek().get(item.id) === item.last_at) return;
    this.#lastAt.value = new Map(this.#lastAt.peek()).set(item.id, item.last_at);
    this.#forgetOld(this.desk.queue.value.mine);
    this.store.set(PREFIX + item.id, item.last_at);
  }

  #forgetOld(mine: readonly QueueItem[]): void {
    const kept = new Set(mine.map((item) => PREFIX + item.id));
    this.store.keys().filter((key) => key.startsWith(PREFIX) && !kept.has(key)).forEach((key) => this.store.remove(key));
  }

  #tellTitle(): void {
    const unread = this.unread().length;
    document.title = unread > 0 ? `(${unread}) Baton console` : "Baton console";
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
