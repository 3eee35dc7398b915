/** What a page remembers: the browser's storage, or only memory where the browser refuses it. */

export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

/** The browser's `localStorage` under `prefix`; a write that is refused (private mode, full disk) is kept in memory. */
export function browserStore(prefix: string, storage: () => Storage = () => window.localStorage): Store {
  const kept = open(storage);
  const memory = new Map<string, string>();
  return {
    get: (key) => memory.get(key) ?? quietly(() => kept?.getItem(prefix + key)) ?? null,
    set(key, value) {
      const written = quietly(() => (kept?.setItem(prefix + key, value), kept !== null));
      if (written) memory.delete(key);
      else memory.set(key, value);
    },
    remove(key) {
      memory.delete(key);
      quietly(() => kept?.removeItem(prefix + key));
    },
    keys: () => [...new Set([...memory.keys(), ...keptKeys(kept, prefix)])],
  };
}

/** Read a JSON value; anything unreadable counts as absent. */
export function readJson(store: Store, key: string): unknown {
  return quietly(() => JSON.parse(store.get(key) ?? "null") as unknown) ?? null;
}

function open(storage: () => Storage): Storage | null {
  return quietly(storage) ?? null;
}

function keptKeys(kept: Storage | null, prefix: string): string[] {
  const all = quietly(() => Array.from({ length: kept?.length ?? 0 }, (_, i) => kept?.key(i) ?? "")) ?? [];
  return all.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}

function quietly<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}
