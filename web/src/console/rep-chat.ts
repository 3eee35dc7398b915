/** One conversation on a rep's screen. */
import { signal } from "@preact/signals";
import type { Answer, Ask } from "../shared/ask";
import { Follower } from "../shared/follow";
import { nothingSaid, type Timeline, wholeUntil } from "../shared/timeline";
import { reader } from "../shared/reading";
import { typist } from "../shared/typing";
import { hasPast, Past } from "./past";
import { Suggesting } from "./suggesting";
import type { Hello, Message, MessagePage, OrderCard, OrderShown, RepView } from "../wire";

/** The order card: being fetched, there, or not available and why. */
export type Card = { kind: "none" } | { kind: "asked" } | { kind: "there"; card: OrderCard } | { kind: "failed"; words: string; canRetry: boolean };

/** So long what the customer typed is shown without a further sign of them. */
const PREVIEW_MS = 30_000;
const UNAVAILABLE = "Not available just now: the shop's order system doesn't answer.";

export class RepChat {
  readonly view = signal<RepView | null>(null);
  readonly timeline = signal<Timeline>(nothingSaid);
  readonly card = signal<Card>({ kind: "none" });
  /** Not this rep's to see (any more). */
  readonly missing = signal(false);
  readonly typist = typist();
  /** What the customer types, where the shop shows it; never stored. */
  readonly preview = typist(PREVIEW_MS);
  /** The other reps who have this chat open now. */
  readonly lookers = signal<readonly string[]>([]);
  readonly follower: Follower;
  readonly past: Past;
  readonly suggesting: Suggesting;

  constructor(
    readonly id: string,
    readonly ask: Ask,
  ) {
    this.past = new Past(id, ask);
    this.suggesting = new Suggesting(id, ask);
    this.follower = new Follower(this.timeline, (after) => this.#readPage(after));
  }

  /** The frame that asks the socket to keep this conversation up to date. */
  hello(): Hello {
    return { kind: "hello", conversation: this.id, after: wholeUntil(this.timeline.value) };
  }

  /** Fetch the state and all that was said. */
  async refresh(): Promise<void> {
    await Promise.all([this.#readView(), this.follower.catchUp()]);
    if (this.card.value.kind === "none" && this.view.value) await this.readCard();
  }

  /** The rep has seen everything up to `seq`. */
  readonly readUntil = reader((seq) => void this.ask("POST", `/api/rep/conversations/${this.id}/read`, { seq }));

  /** A newer state; an older one, come late, is ignored. */
  show(view: RepView): void {
    if (this.view.value && this.view.value.version > view.version) return;
    const named = this.view.value?.brief.order_id !== view.brief.order_id;
    this.view.value = view;
    this.missing.value = false;
    if (named && this.card.value.kind !== "none") void this.readCard();
    if (!hasPast(view)) this.past.forget();
    if (!view.yours) this.preview.clear();
    this.follower.take([], view.head);
  }

  hearMessage(message: Message): void {
    if (message.author.kind === "customer") {
      this.typist.clear();
      this.preview.clear();
    }
    this.follower.take([message]);
  }

  /** What only an open line tells is no longer known. */
  lineLost(): void {
    this.lookers.value = [];
    this.preview.clear();
  }

  /** What a heartbeat or a replay says about the desk's newest. */
  noteHead(head: number | null, version: number | null): void {
    this.follower.take([], head ?? 0);
    if ((version ?? 0) > (this.view.value?.version ?? 0)) void this.#readView();
  }

  /** Ask the shop, through the desk, for an order: the one named, else the one that the chat is about, else the newest. */
  async readCard(order = this.view.value?.brief.order_id ?? null): Promise<void> {
    this.card.value = { kind: "asked" };
    const query = order ? `?order=${encodeURIComponent(order)}` : "";
    const answer = await this.ask<OrderShown>("GET", `/api/rep/conversations/${this.id}/order-card${query}`);
    this.card.value = cardOf(answer);
  }

  async #readView(): Promise<void> {
    const answer = await this.ask<RepView>("GET", `/api/rep/conversations/${this.id}`);
    if (answer.kind === "ok") this.show(answer.body);
    if (answer.kind === "refused" && answer.status === 404) this.#forget();
  }

  /** Another rep has it: nothing of it stays on this one's screen. */
  #forget(): void {
    this.missing.value = true;
    this.view.value = null;
    this.timeline.value = nothingSaid;
    this.card.value = { kind: "none" };
    this.typist.clear();
    this.past.forget();
    this.lineLost();
  }

  async #readPage(after: number): Promise<Answer<MessagePage>> {
    const answer = await this.ask<MessagePage>("GET", `/api/rep/conversations/${this.id}/messages?after=${after}`);
    if (answer.kind === "ok" && this.view.value && answer.body.version > this.view.value.version) void this.#readView();
    return answer;
  }
}

function cardOf(answer: Answer<OrderShown>): Card {
  if (answer.kind !== "ok") return { kind: "failed", words: UNAVAILABLE, canRetry: true };
  const { card, why } = answer.body;
  return card ? { kind: "there", card } : { kind: "failed", words: why ?? UNAVAILABLE, canRetry: false };
}
