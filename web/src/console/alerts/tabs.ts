/** The tabs of one rep's console in one browser: one of them rings, and all know what the others look at.
 *
 *  Both are locks, which the browser lets go of when a tab closes or crashes. Where there are no locks each tab rings. */

type Locks = Pick<LockManager, "request" | "query">;

export class Tabs {
  #rings: boolean;
  #stopped = false;
  #inLine = false;
  #letRing: (() => void) | null = null;
  #letLook: (() => void) | null = null;
  readonly #queued = new AbortController();

  constructor(
    readonly name: string,
    readonly locks: Locks | undefined = navigator.locks,
  ) {
    this.#rings = !locks;
  }

  /** Whether it's this tab that rings. */
  get rings(): boolean {
    return this.#rings;
  }

  /** Stand in line for ringing; the tab that was used last takes it, as it's the one that may make a sound. Returns how to stop. */
  start(): () => void {
    this.#queue();
    const used = () => this.takeOver();
    addEventListener("focus", used);
    addEventListener("pointerdown", used, true);
    return () => {
      removeEventListener("focus", used);
      removeEventListener("pointerdown", used, true);
      this.#stopped = true;
      this.#queued.abort();
      this.#letRing?.();
      this.#letLook?.();
    };
  }

  /** From now on it's this tab that rings. */
  takeOver(): void {
    if (!this.#rings && !this.#stopped) this.#ask({ steal: true });
  }

  /** The rep looks at a chat in this tab, or at none. */
  lookAt(id: string | null): void {
    this.#letLook?.();
    this.#letLook = null;
    if (!this.locks || !id) return;
    const held = new Promise<void>((letGo) => (this.#letLook = letGo));
    void this.locks.request(`${this.name}.looks.${id}`, { mode: "shared" }, () => held);
  }

  /** Those of the chats that no tab looks at. */
  async unseen(ids: readonly string[]): Promise<Set<string>> {
    const held = (await this.locks?.query())?.held?.map((lock) => lock.name) ?? [];
    return new Set(ids.filter((id) => !held.includes(`${this.name}.looks.${id}`)));
  }

  /** Where no other tab is before it, it rings at once. */
  #queue(): void {
    if (this.#inLine || this.#stopped) return;
    this.#inLine = true;
    this.#ask({ signal: this.#queued.signal });
  }

  #ask(how: LockOptions): void {
    const hold = () => {
      if (!how.steal) this.#inLine = false;
      this.#rings = true;
      return new Promise<void>((letGo) => (this.#letRing = letGo));
    };
    void this.locks?.request(`${this.name}.rings`, how, hold).catch(() => this.#wasTaken());
  }

  /** Another tab took over: stand in line again, in case it closes. */
  #wasTaken(): void {
    this.#rings = false;
    this.#queue();
  }
}
