/** "Take one?": what the desk offers this rep, and whether they are there to be offered anything. */
import { computed, type Signal, signal } from "@preact/signals";
import { type Answer, type Ask, UNREACHABLE, wordsOf } from "../shared/ask";
import { now } from "../shared/clock";
import type { Offer, RepQueue, RepView } from "../wire";

/** What this needs of the desk. */
interface Around {
  queue: Signal<RepQueue>;
  ask: Ask;
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
  /** Why the last answer or step didn't get through, in words. */
  readonly trouble = signal<string | null>(null);
  /** When the offer ends by this browser's clock, which may differ from the desk's: of all readings the earliest. */
  readonly #endsAt = computed(() => {
    const { offer } = this.#desk.queue.value;
    if (!offer) return 0;
    const at = Date.now() + offer.seconds_left * 1000;
    this.#known = { id: offer.id, at: this.#known.id === offer.id ? Math.min(this.#known.at, at) : at };
    return this.#known.at;
  });
  #known = { id: "", at: 0 };

  constructor(desk: Around) {
    this.#desk = desk;
  }

  /** So many seconds are left to answer, by the page's clock. */
  get secondsLeft(): number {
    return Math.max(0, Math.ceil((this.#endsAt.value - Math.max(now.value, Date.now())) / 1000));
  }

  /** Take it; its id, if it's theirs now. */
  async take(): Promise<string | null> {
    const answer = await this.#answer<RepView>("accept");
    return answer?.kind === "ok" ? answer.body.id : null;
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
    this.trouble.value = answer.kind === "ok" ? null : wordsOf(answer, UNREACHABLE);
    return answer.kind === "ok";
  }
}
