/** "Take one?": what the desk offers this rep, and whether they are there to be offered anything. */
import { computed, type Signal, signal } from "@preact/signals";
import { type Answer, type Ask, wordsOf } from "../shared/ask";
import { now } from "../shared/clock";
import type { Offer, RepQueue, RepView } from "../wire";

const UNREACHABLE = "That didn't get through. Check your connection and try again.";

/** What this needs of the desk. */
interface Around {
  queue: Signal<RepQueue>;
  notice: Signal<string | null>;
  ask: Ask;
  /** Show a chat. */
  open: (id: string) => void;
}

export class Offered {
  /** What is offered now. An answered offer is gone at once, before the desk has said so. */
  readonly offer = computed<Offer | null>(() => {
    const { offer } = this.#desk.queue.value;
    return offer && offer.id !== this.#answered.value ? offer : null;
  });
  readonly away = computed(() => this.#desk.queue.value.you.away_since !== null);
  readonly #desk: Around;
  readonly #answered = signal<string | null>(null);
  /** When this browser saw the offer first: its own clock counts the seconds, which may differ from the desk's. */
  #seen = { id: "", at: 0 };

  constructor(desk: Around) {
    this.#desk = desk;
  }

  /** So many seconds are left to answer, by the page's clock. */
  secondsLeft(offer: Offer): number {
    if (this.#seen.id !== offer.id) this.#seen = { id: offer.id, at: Date.now() };
    const passed = Math.max(0, (now.value - this.#seen.at) / 1000);
    return Math.max(0, Math.ceil(offer.seconds_left - passed));
  }

  /** Take it; whether it's theirs now. */
  async take(): Promise<boolean> {
    const answer = await this.#answer<RepView>("accept");
    if (answer?.kind !== "ok") return false;
    this.#desk.open(answer.body.id);
    return true;
  }

  async pass(): Promise<void> {
    await this.#answer<null>("skip");
  }

  async stepAway(): Promise<void> {
    this.#tell(await this.#desk.ask("POST", "/api/rep/away", {}));
  }

  async comeBack(): Promise<void> {
    this.#tell(await this.#desk.ask("POST", "/api/rep/back", {}));
  }

  async #answer<T>(how: "accept" | "skip"): Promise<Answer<T> | null> {
    const offer = this.offer.peek();
    if (!offer) return null;
    this.#answered.value = offer.id;
    const answer = await this.#desk.ask<T>("POST", `/api/rep/offers/${offer.id}/${how}`, {});
    if (!this.#tell(answer)) this.#answered.value = null;
    return answer;
  }

  #tell(answer: Answer<unknown>): boolean {
    this.#desk.notice.value = answer.kind === "ok" ? null : wordsOf(answer, UNREACHABLE);
    return answer.kind === "ok";
  }
}
