/** What a rep has written and not sent, for each chat; kept through reloads and being signed out. */
import { signal } from "@preact/signals";
import type { Store } from "../shared/store";

const PREFIX = "draft.";

export class Drafts {
  readonly #texts = signal<ReadonlyMap<string, string>>(new Map());

  constructor(readonly store: Store) {
    const keys = store.keys().filter((key) => key.startsWith(PREFIX));
    this.#texts.value = new Map(keys.map((key) => [key.slice(PREFIX.length), store.get(key) ?? ""]));
  }

  of(id: string): string {
    return this.#texts.value.get(id) ?? "";
  }

  set(id: string, text: string): void {
    const texts = new Map(this.#texts.peek());
    if (text) texts.set(id, text);
    else texts.delete(id);
    this.#texts.value = texts;
    if (text) this.store.set(PREFIX + id, text);
    else this.store.remove(PREFIX + id);
  }

  /** A text that could not be sent goes before what has been written since. */
  putBack(id: string, text: string): void {
    this.set(id, [text, this.of(id)].filter(Boolean).join("\n"));
  }
}
