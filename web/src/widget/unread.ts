/** How many messages came while the customer wasn't looking. Remembered, so that the shop's next page shows the same number. */
import { effect, signal } from "@preact/signals";
import { readJson, type Store } from "../shared/store";
import type { Widget } from "./start";

interface Seen {
  conversation: string;
  seq: number;
}

/** Call `tell` with the count whenever it changes. */
export function countUnread(widget: Widget, store: Store, tell: (count: number) => void): void {
  const seen = signal<Seen | null>(readJson(store, "seen") as Seen | null);
  effect(() => {
    const view = widget.chat.view.value;
    const seq = widget.chat.timeline.value.messages.at(-1)?.seq ?? 0;
    const looking = widget.shown.value && view !== null && seq > 0;
    if (!looking || (seen.peek()?.conversation === view.id && seen.peek()?.seq === seq)) return;
    seen.value = { conversation: view.id, seq };
    store.set("seen", JSON.stringify(seen.peek()));
  });
  effect(() => tell(unreadSince(widget, seen.value)));
}

function unreadSince(widget: Widget, seen: Seen | null): number {
  if (widget.shown.value || !seen) return 0;
  const view = widget.chat.view.value;
  // Another tab may have shown what this one hasn't.
  const from = Math.max(seen.conversation === view?.id ? seen.seq : 0, view?.customer_read ?? 0);
  return widget.chat.timeline.value.messages.filter((message) => message.seq > from && message.author.kind !== "customer").length;
}
