/** Who is typing: lossy on purpose, never stored. */
import { signal } from "@preact/signals";

const TELL_EVERY_MS = 2_000;
const SHOWN_MS = 6_000;

export interface Telling {
  /** Tell, unless that was done in the last two seconds. */
  (): void;
  /** Let the next call through at once: what was told ended with the message that was sent. */
  afresh(): void;
}

/** A function that passes on at most one call in two seconds. */
export function throttled(tell: () => void, now: () => number = Date.now): Telling {
  let told = -Infinity;
  const telling = () => {
    if (now() - told < TELL_EVERY_MS) return;
    told = now();
    tell();
  };
  return Object.assign(telling, { afresh: () => void (told = -Infinity) });
}

/** A name, or what is typed, that is shown for some seconds after each sign of typing. */
export function typist(shownMs = SHOWN_MS) {
  const name = signal<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = () => {
    clearTimeout(timer);
    name.value = null;
  };
  const seen = (who: string) => {
    clearTimeout(timer);
    name.value = who;
    timer = setTimeout(clear, shownMs);
  };
  return { name, seen, clear };
}
