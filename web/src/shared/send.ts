/** Sends what is in the outbox, one message at a time and in order, until the desk has each. */
import { signal } from "@preact/signals";
import type { Message } from "../wire";
import { type Answer, signedOut, wordsOf, worthRepeating } from "./ask";
import { type Backoff, backoff } from "./backoff";
import { newClientId } from "./ids";
import type { Outbox, Outgoing } from "./outbox";

export interface SenderOptions {
  box: Outbox;
  post: (item: Outgoing) => Promise<Answer<Message>>;
  onStored: (message: Message, item: Outgoing) => void;
  /** The desk refused the message for what it is; return true when that was dealt with and it should leave the outbox. */
  onRefused?: (item: Outgoing, answer: Answer<Message>) => boolean;
  /** The session has ended; `pump` is called again once there is a new one. */
  onSignedOut: () => void;
  words: { unreachable: string; offline: string };
  waits?: Backoff;
  /** Lets only one tab send at a time, where the browser can; elsewhere repeats are harmless by their `client_id`. */
  alone?: (work: () => Promise<void>) => Promise<void>;
}

/** So many tries before a message is shown as not sent. */
const TRIES = 4;

export class Sender {
  /** What is pending or failed, oldest first. */
  readonly items = signal<Outgoing[]>([]);
  readonly #waits: Backoff;
  #busy = false;
  #again = false;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly options: SenderOptions) {
    this.#waits = options.waits ?? backoff();
    this.reload();
  }

  /** Put a new message into the outbox and send it. */
  send(message: Pick<Outgoing, "conversation" | "text" | "button">): void {
    this.#put({ ...message, client_id: newClientId(), at: Date.now(), state: "pending" });
    void this.pump();
  }

  /** Send a failed message again, under the same `client_id`. */
  retry(clientId: string): void {
    this.#tries = 0;
    this.#waits.reset();
    this.#revive((item) => item.client_id === clientId);
    void this.pump();
  }

  /** The network is back: what failed for want of it goes out again. */
  retryAll(): void {
    this.#tries = 0;
    this.#revive((item) => !item.held);
    void this.pump();
  }

  /** Take a message out of the outbox unsent. */
  discard(clientId: string): void {
    this.options.box.remove(clientId);
    this.reload();
  }

  /** Read the outbox again: another tab changed it. */
  reload(): void {
    this.items.value = this.options.box.items();
  }

  /** Send all that is pending; what is added meanwhile goes along. */
  async pump(): Promise<void> {
    if (this.#busy) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#busy = true;
    this.#again = false;
    await (this.options.alone ?? ((work) => work()))(() => this.#sendAll()).finally(() => (this.#busy = false));
    if (this.#again) await this.pump();
  }

  async #sendAll(): Promise<void> {
    for (let item = this.#next(); item; item = this.#next()) {
      const answer = await this.options.post(item);
      if (!this.#settle(item, answer)) return;
    }
  }

  /** Whether to go on with the next message. */
  #settle(item: Outgoing, answer: Answer<Message>): boolean {
    if (answer.kind === "ok") return this.#stored(item, answer.body);
    if (!signedOut(answer) && !worthRepeating(answer)) return this.#refuse(item, answer);
    if (signedOut(answer)) this.options.onSignedOut();
    else this.#tryLater(item, answer);
    return false;
  }

  #stored(item: Outgoing, message: Message): boolean {
    this.#tries = 0;
    this.#waits.reset();
    this.options.onStored(message, item);
    this.discard(item.client_id);
    return true;
  }

  #refuse(item: Outgoing, answer: Answer<Message>): boolean {
    if (this.options.onRefused?.(item, answer)) this.discard(item.client_id);
    else this.#put({ ...item, state: "failed", held: true, problem: wordsOf(answer, this.options.words.unreachable) });
    return true;
  }

  #tryLater(item: Outgoing, answer: Answer<Message>): void {
    this.#tries += 1;
    const pause = answer.kind === "refused" ? answer.error.retry_after : null;
    const problem = wordsOf(answer, this.options.words.unreachable);
    // Without any network nothing has failed yet: `retryAll` goes on when the browser is back.
    if (answer.kind === "unreachable" && !navigator.onLine) return this.#put({ ...item, problem: this.options.words.offline });
    if (this.#tries >= TRIES && !pause) return this.#giveUp(problem);
    if (pause) this.#put({ ...item, problem });
    this.#later(pause ? pause * 1000 : this.#waits.next());
  }

  /** All that waits, not only the first: sending a later one before an earlier one would turn their order round. */
  #giveUp(problem: string): void {
    this.#pending().forEach((item) => this.options.box.put({ ...item, state: "failed", problem }));
    this.reload();
  }

  #later(wait: number): void {
    this.#timer = setTimeout(() => void this.pump(), wait);
  }

  #revive(which: (item: Outgoing) => boolean): void {
    const failed = this.options.box.items().filter((item) => item.state === "failed" && which(item));
    failed.forEach(({ client_id, conversation, text, button, at }) =>
      this.options.box.put({ client_id, conversation, text, button, at, state: "pending" }),
    );
    this.reload();
  }

  #put(item: Outgoing): void {
    this.options.box.put(item);
    this.reload();
  }

  #pending(): Outgoing[] {
    return this.options.box.items().filter((item) => item.state === "pending");
  }

  #next(): Outgoing | undefined {
    return this.#pending()[0];
  }
}

/** One tab at a time through the browser's lock `name`; without locks, simply the work. */
export function onlyOneTab(name: string): (work: () => Promise<void>) => Promise<void> {
  const locks = (navigator as Partial<Navigator>).locks;
  return async (work) => {
    if (locks) await locks.request(name, work);
    else await work();
  };
}
