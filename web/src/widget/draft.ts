/** What is in the box and not sent: survives a reload. */
import { signal } from "@preact/signals";
import type { Store } from "../shared/store";

export const MOST_CHARACTERS = 4_000;
const COUNT_FROM = 3_600;

export class Draft {
  readonly text = signal("");

  constructor(readonly store: Store) {
    this.text.value = store.get("draft") ?? "";
  }

  set(text: string): void {
    this.text.value = text;
    if (text) this.store.set("draft", text);
    else this.store.remove("draft");
  }

  /** Put a text that was refused back into the box, after what is there. */
  putBack(text: string): void {
    this.set([this.text.value.trim(), text].filter(Boolean).join("\n"));
  }
}

/** How many characters are left, once that matters; null before. Counted as the desk does, by code point. */
export function charactersLeft(text: string): number | null {
  if (text.length < COUNT_FROM) return null;
  const count = Array.from(text).length;
  return count < COUNT_FROM ? null : MOST_CHARACTERS - count;
}

/** Whether there's anything in it that can be seen. */
export function isEmpty(text: string): boolean {
  return text.replace(/[\s\u200b-\u200f\u2060\ufeff]/gu, "") === "";
}
