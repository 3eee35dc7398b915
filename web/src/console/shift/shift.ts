/** The rep's shift: when it ends, which chats still need a next step, and what went on without them. */
import { computed, effect, signal } from "@preact/signals";
import { readJson, type Store } from "../../shared/store";
import type { AnswerLater, HandOn, Shift } from "../../wire";
import type { Desk } from "../desk";

const SELDOM_S = 300;
const TOLD = "shift.told";

/** What the desk is told that happens next with a chat. */
export type NextStep = { step: "hand-on"; body: HandOn } | { step: "answer-later"; body: AnswerLater };

export class ShiftWatch {
  /** Null for a rep who belongs to no site, and before the desk has answered. */
  readonly now = signal<Shift | null>(null);
  /** The rep's chats that need a new owner or an end before they go, as the lists show them. */
  readonly toSettle = computed(() => {
    const shift = this.now.value;
    const mine = this.desk.queue.value.mine.filter(({ id }) => !this.#isGone(id));
    if (shift?.state === "ending") return mine;
    return mine.filter((item) => shift?.chats.some(({ id }) => id === item.id));
  });
  /** Chats that went back to the line, as long as the rep hasn't said that they know. */
  readonly went = computed(() => (this.now.value?.went ?? []).filter(({ id }) => !this.#told.value.includes(id)));
  readonly #told = signal<readonly string[]>([]);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(
    readonly desk: Desk,
    readonly store: Store,
  ) {
    const told = readJson(store, TOLD);
    if (Array.isArray(told)) this.#told.value = told.map(String);
  }

  /** Ask when the desk is connected, and whenever the rep's chats change near the end; returns how to stop. */
  start(): () => void {
    this.#stopped = false;
    const ids = computed(() => this.desk.queue.value.mine.map(({ id }) => id).join());
    const stopLine = effect(() => {
      if (this.desk.line.value === "open") void this.read();
    });
    const stop = effect(() => {
      const state = ids.value && this.now.peek()?.state;
      if (state === "ending" || state === "ended") void this.read();
    });
    return () => {
      stopLine();
      stop();
      this.#stopped = true;
      clearTimeout(this.#timer);
    };
  }

  /** Ask the desk now, and again when it says. */
  async read(): Promise<void> {
    clearTimeout(this.#timer);
    const answer = await this.desk.ask<Shift | null>("GET", "/api/rep/shift");
    if (this.#stopped) return;
    if (answer.kind === "ok") this.now.value = answer.body;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.read(), (this.now.value?.look_again_s ?? SELDOM_S) * 1000);
  }

  /** Whether a chat that the lists still show is known to be somebody else's, or closed. */
  #isGone(id: string): boolean {
    const view = this.desk.chats.value.get(id)?.view.value;
    return view ? !view.yours || view.state !== "with_rep" : false;
  }

  /** The rep has read what went. */
  noted(): void {
    this.#told.value = (this.now.value?.went ?? []).map(({ id }) => id);
    this.store.set(TOLD, JSON.stringify(this.#told.value));
  }
}
