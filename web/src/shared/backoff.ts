/** How long to wait before trying again: full jitter, so that thousands of browsers don't come back in one instant. */

export interface Backoff {
  /** Milliseconds until the next try: random between 0 and a ceiling that doubles each time. */
  next(): number;
  /** Start again from the shortest wait. */
  reset(): void;
}

const FLOOR_MS = 100;

/** Waits whose ceiling goes from `first` to `most` milliseconds; `random` gives numbers in [0, 1). */
export function backoff(first = 500, most = 15_000, random: () => number = Math.random): Backoff {
  let tries = 0;
  return {
    next() {
      const ceiling = Math.min(most, first * 2 ** tries);
      tries += 1;
      return Math.max(FLOOR_MS, random() * ceiling);
    },
    reset() {
      tries = 0;
    },
  };
}
