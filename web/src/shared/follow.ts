/** Keeps a timeline whole: takes what is pushed and fetches what is missing. The push is a hint, the desk's table the record. */
import type { Signal } from "@preact/signals";
import type { Message, MessagePage } from "../wire";
import type { Answer } from "./ask";
import { hasHole, merge, type Timeline, wholeUntil } from "./timeline";

export type ReadPage = (after: number) => Promise<Answer<MessagePage>>;

export class Follower {
  #running: Promise<boolean> | null = null;
  #again = false;

  /** `read(after)` asks the desk for one page of the conversation that `timeline` shows. */
  constructor(
    readonly timeline: Signal<Timeline>,
    readonly read: ReadPage,
  ) {}

  /** Take pushed messages, or only the news of a higher head; a hole is fetched at once. */
  take(messages: readonly Message[], head = 0): void {
    this.timeline.value = merge(this.timeline.value, messages, head);
    if (hasHole(this.timeline.value)) void this.catchUp();
  }

  /**
   * Fetch everything after the last whole `seq`; false when the desk could not be asked.
   * A call made meanwhile joins the running one and makes it look once more.
   */
  catchUp(): Promise<boolean> {
    if (this.#running) this.#again = true;
    else this.#running = this.#fetchAll().finally(() => (this.#running = null));
    return this.#running;
  }

  async #fetchAll(): Promise<boolean> {
    do {
      this.#again = false;
      if (!(await this.#fetchPages())) return false;
    } while (this.#again);
    return true;
  }

  async #fetchPages(): Promise<boolean> {
    for (;;) {
      const after = wholeUntil(this.timeline.value);
      const answer = await this.read(after);
      if (answer.kind !== "ok") return false;
      this.timeline.value = merge(this.timeline.value, answer.body.messages, answer.body.head);
      // A page that brings nothing new would otherwise be asked for without end.
      if (!answer.body.more || wholeUntil(this.timeline.value) === after) return true;
    }
  }
}
