/** Which buttons and which closing question can be used now. Pure. */
import type { Outgoing } from "../shared/outbox";
import type { Placed } from "../shared/timeline";
import type { CustomerView } from "../wire";

/** The id of the one message whose buttons can be pressed: the latest with buttons, unless the customer has spoken since. */
export function pressable(messages: readonly Placed[], outgoing: readonly Outgoing[], view: CustomerView | null): string | null {
  if (view?.state !== "with_bot" || outgoing.length > 0) return null;
  const latest = messages.findLast((message) => message.buttons.length > 0 || message.author.kind === "customer");
  return latest && latest.author.kind !== "customer" ? latest.id : null;
}

/** The title that the customer picked among a message's buttons: what they said right after it. */
export function picked(messages: readonly Placed[], asked: Placed): string | null {
  const reply = messages.find((message) => message.seq > asked.seq && message.author.kind === "customer");
  return asked.buttons.find((button) => button.title === reply?.text)?.title ?? null;
}

/** The id of the closing question that can be answered, or null. */
export function votable(messages: readonly Placed[], view: CustomerView | null): string | null {
  return view?.can_vote ? (messages.findLast((message) => message.kind === "vote")?.id ?? null) : null;
}

/** The id of the customer's last message, if whoever helps has read it. */
export function readLine(messages: readonly Placed[], view: CustomerView | null): string | null {
  const last = messages.findLast((message) => message.author.kind === "customer");
  return last && view && view.rep_read >= last.seq ? last.id : null;
}

/** Whether the bot owes an answer: the customer's word is the last one. The desk's apology for the bot counts as one. */
export function botOwes(messages: readonly Placed[], outgoing: readonly Outgoing[], view: CustomerView | null): boolean {
  if (view?.state !== "with_bot") return false;
  const last = messages.findLast((message) => message.author.kind !== "desk" || message.kind === "text");
  return outgoing.some((item) => item.state === "pending") || last?.author.kind === "customer";
}
