/** Tells the customer how far the rep who helps has read, while the rep really looks. */
import { effect } from "@preact/signals";
import { visibility } from "../shared/visible";
import type { Desk } from "./desk";

/** Keep telling; returns how to stop. */
export function tellRead(desk: Desk): () => void {
  const { visible, stop } = visibility();
  const end = effect(() => {
    const chat = desk.chat.value;
    const view = chat?.view.value;
    const last = chat?.timeline.value.messages.findLast((message) => message.author.kind === "customer")?.seq;
    if (chat && last && view?.yours && view.state === "with_rep" && visible.value) chat.readUntil(last);
  });
  return () => {
    stop();
    end();
  };
}
