/** Suggested replies for one chat: asked for anew when the customer has said something new. Nothing is ever sent by itself. */
import { signal } from "@preact/signals";
import type { Ask } from "../shared/ask";
import type { Suggestion, Suggestions } from "../wire";

export class Suggesting {
  readonly shown = signal<readonly Suggestion[]>([]);
  /** The newest message of the customer's that was asked about; the answer to an older one comes too late. */
  #about = 0;

  constructor(
    readonly id: string,
    readonly ask: Ask,
  ) {}

  /** Ask what fits the customer's message of this `seq`; 0 for none, as the rep has answered. */
  async about(seq: number): Promise<void> {
    if (seq === this.#about) return;
    this.#about = seq;
    this.shown.value = [];
    if (seq === 0) return;
    const answer = await this.ask<Suggestions>("GET", `/api/rep/conversations/${this.id}/suggestions`);
    if (answer.kind === "ok" && seq === this.#about) this.shown.value = answer.body.suggestions;
  }
}
