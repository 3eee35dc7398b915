/** What alerts a rep, and how; kept in this browser, and the same in all its tabs. */
import { signal } from "@preact/signals";
import { browserStore, readJson, type Store } from "../../shared/store";

/** How a rep is alerted; `words`: whether a notification shows what the customer wrote. */
export interface How {
  sound: boolean;
  title: boolean;
  desktop: boolean;
  words: boolean;
}

/** What a rep is alerted of: see `rings.ts`. */
export interface When {
  wrote: boolean;
  given: boolean;
  waits: boolean;
  due: boolean;
}

export type AlertSettings = How & When;

/** A notification needs the browser's permission, which nobody is asked for unless they click. */
export const USUAL: AlertSettings = { sound: true, title: true, desktop: false, words: false, wrote: true, given: true, waits: true, due: true };

const PREFIX = "baton.console.";
const KEY = "alerts";

export class Settings {
  readonly now = signal<AlertSettings>(USUAL);

  constructor(readonly store: Store = browserStore(PREFIX)) {
    this.#read();
  }

  change(some: Partial<AlertSettings>): void {
    this.now.value = { ...this.now.peek(), ...some };
    this.store.set(KEY, JSON.stringify(this.now.peek()));
  }

  /** Follow what another tab changes; returns how to stop. */
  start(): () => void {
    const onStorage = ({ key }: StorageEvent) => (key === PREFIX + KEY || key === null ? this.#read() : undefined);
    addEventListener("storage", onStorage);
    return () => removeEventListener("storage", onStorage);
  }

  #read(): void {
    this.now.value = settingsIn(readJson(this.store, KEY));
  }
}

/** Settings out of whatever was kept: what is missing or damaged is as usual. */
export function settingsIn(kept: unknown): AlertSettings {
  const found = new Map(Object.entries(kept ?? {}));
  const settings = { ...USUAL };
  for (const name of Object.keys(USUAL) as (keyof AlertSettings)[]) {
    const value: unknown = found.get(name);
    if (typeof value === "boolean") settings[name] = value;
  }
  return settings;
}
