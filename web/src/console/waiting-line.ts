/** Who waits, as far as the rep has asked to see: the first fifty, more, or their own subjects first, which is remembered. */
import { computed, effect, type Signal, signal, untracked } from "@preact/signals";
import type { Ask } from "../shared/ask";
import type { Store } from "../shared/store";
import type { QueueItem, RepQueue, WaitingLine } from "../wire";

const STEP = 50;
const LONGEST = 500;
/** The line of a busy centre changes many times a second. */
const AGAIN_MS = 1_000;
const KEY = "my_subjects_first";

interface Desk {
  ask: Ask;
  queue: { readonly value: RepQueue };
}

export class WaitingRows {
  readonly mineFirst: Signal<boolean>;
  readonly #most = signal(STEP);
  /** What was asked for beside the lists that the desk sends to everybody. */
  readonly #read = signal<WaitingLine | null>(null);
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    readonly desk: Desk,
    readonly store: Store,
  ) {
    this.mineFirst = signal(store.get(KEY) === "yes");
  }

  /** The rows to show; who was claimed since they were read isn't among them. */
  readonly shown = computed<readonly QueueItem[]>(() => {
    const { waiting, mine } = this.desk.queue.value;
    const read = this.#read.value;
    if (!this.#isAsked() || !read) return waiting;
    const held = new Set(mine.map((item) => item.id));
    return read.waiting.filter((item) => !held.has(item.id));
  });

  /** How many of the rows shown first are the rep's own subjects. */
  readonly yours = computed(() => (this.mineFirst.value ? (this.#read.value?.yours ?? 0) : 0));

  /** How many more there are to show. */
  readonly hidden = computed(() => Math.max(0, Math.min(this.desk.queue.value.waiting_total, LONGEST) - this.shown.value.length));

  showMore(): void {
    this.#most.value = Math.min(LONGEST, this.#most.value + STEP);
    void this.#ask();
  }

  setMineFirst(first: boolean): void {
    this.mineFirst.value = first;
    this.store.set(KEY, first ? "yes" : "no");
    void this.#ask();
  }

  /** Begin to follow the queue; returns how to stop. */
  start(): () => void {
    const end = effect(() => {
      if (this.desk.queue.value.waiting_total > 0 && this.#isAsked()) untracked(() => this.#askSoon());
    });
    return () => {
      end();
      if (this.#timer) clearTimeout(this.#timer);
    };
  }

  #isAsked(): boolean {
    return this.mineFirst.value || this.#most.value > STEP;
  }

  #askSoon(): void {
    if (!this.#read.value) void this.#ask();
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#ask();
    }, AGAIN_MS);
  }

  async #ask(): Promise<void> {
    if (!this.#isAsked()) return;
    const answer = await this.desk.ask<WaitingLine>("GET", `/api/rep/waiting?most=${this.#most.value}&mine_first=${this.mineFirst.value ? 1 : 0}`);
    if (answer.kind === "ok") this.#read.value = answer.body;
  }
}
