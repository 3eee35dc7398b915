/** Tells whoever helps how far the customer has read, while the customer really looks. */
import { effect } from "@preact/signals";
import { visibility } from "../shared/visible";
import type { Widget } from "./start";

/** Keep telling. */
export function tellRead(widget: Widget): void {
  const { visible } = visibility();
  effect(() => {
    const view = widget.chat.view.value;
    const last = widget.chat.timeline.value.messages.findLast((message) => message.author.kind !== "customer")?.seq ?? 0;
    const matters = view?.state === "with_rep" && last > view.customer_read;
    if (matters && widget.shown.value && visible.value) widget.chat.readUntil(last);
  });
}
