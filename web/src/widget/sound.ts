/** A short sound for a message that comes while nobody looks. Off until the customer turns it on; kept for all tabs of this shop. */
import { effect, signal } from "@preact/signals";
import { chime } from "../shared/chime";
import type { Store } from "../shared/store";
import type { Widget } from "./start";

const KEY = "sound";

export class Sound {
  readonly on = signal(false);
  #context: AudioContext | null = null;

  constructor(readonly store: Store) {
    this.on.value = store.get(KEY) === "on";
  }

  /** Turn it on, and let it be heard once, or off. */
  toggle(): void {
    this.on.value = !this.on.value;
    this.store.set(KEY, this.on.value ? "on" : "off");
    if (this.on.value) this.ring();
  }

  /** Two soft notes; silent where the browser wants a click in this frame first. */
  ring(): void {
    if (!this.on.peek() || typeof AudioContext === "undefined") return;
    chime((this.#context ??= new AudioContext()));
  }
}

/** Ring for each message of somebody else's that comes while the chat is shut or the page is hidden. */
export function ringWhenHidden(widget: Widget): void {
  let heard: { conversation: string; seq: number } | null = null;
  effect(() => {
    const conversation = widget.chat.view.value?.id ?? "";
    const last = widget.chat.timeline.value.messages.at(-1);
    const before = heard?.conversation === conversation ? heard.seq : null;
    if (!last || (before !== null && last.seq <= before)) return;
    heard = { conversation, seq: last.seq };
    if (before !== null && last.author.kind !== "customer" && !widget.looking()) widget.sound.ring();
  });
}
