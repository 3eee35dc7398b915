/** The tab's title: how much needs the rep, for one who works in another tab. */
import { computed, effect } from "@preact/signals";
import { now } from "../../shared/clock";
import type { QueueItem } from "../../wire";
import type { Desk } from "../desk";
import { isThere } from "./rings";

const PLAIN = "Baton console";

/** Keep the title up to date; returns how to stop, which leaves it plain. */
export function tellTitle(desk: Desk): () => void {
  const title = computed(() => (desk.alerts.settings.now.value.title ? titleOf(desk.seen.unread().length, dueOf(desk)) : PLAIN));
  const stop = effect(() => void (document.title = title.value));
  return () => {
    stop();
    document.title = PLAIN;
  };
}

/** "(3) Call due · Baton console": the call comes first, as a tab shows only the beginning. */
export function titleOf(unread: number, due: readonly QueueItem[]): string {
  const count = unread + due.length;
  const call = due.some((chat) => chat.promise?.kind === "call_back") ? "Call due · " : "";
  return count > 0 ? `(${count}) ${call}${PLAIN}` : PLAIN;
}

/** Promises that are due, for a rep who is there and wants to be told of them. */
function dueOf({ alerts, queue }: Desk): readonly QueueItem[] {
  const { due, you } = queue.value;
  return alerts.settings.now.value.due && isThere(you, now.value) ? due : [];
}
