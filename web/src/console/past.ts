/** A verified customer's past conversations, for the rep who holds this one: listed, and one at a time opened to be read. */
import { signal } from "@preact/signals";
import type { Ask } from "../shared/ask";
import { nothingSaid, type Timeline } from "../shared/timeline";
import type { Message, PastConversation, PastConversations, RepView } from "../wire";
import { lookBack, type Looked } from "./look-back";

/** A past conversation that is open: all that was said, and what reps noted. */
export interface Reading {
  of: PastConversation;
  notes: readonly Message[];
  timeline: ReturnType<typeof signal<Timeline>>;
}

export class Past {
  /** Null before they were asked for. */
  readonly listed = signal<PastConversations | null>(null);
  readonly open = signal<Reading | null>(null);
  /** What didn't work, in words for the rep. */
  readonly problem = signal<string | null>(null);

  constructor(
    readonly id: string,
    readonly ask: Ask,
  ) {}

  /** Ask for the list, once, if this is a chat in which it's shown. */
  async read(view: RepView): Promise<void> {
    if (this.listed.peek() || !hasPast(view)) return;
    const answer = await this.ask<PastConversations>("GET", this.#path(""));
    if (answer.kind === "ok") this.listed.value = answer.body;
  }

  /** Open one to read it. The desk notes that it was looked at. */
  async look(past: string): Promise<void> {
    this.problem.value = null;
    const timeline = signal<Timeline>(nothingSaid);
    const seen = ({ conversation: of, notes }: Looked) => of && (this.open.value = { of, notes, timeline });
    this.problem.value = await lookBack(this.ask, this.#path(`/${past}`), timeline, seen);
  }

  shut(): void {
    this.open.value = null;
    this.problem.value = null;
  }

  /** The chat isn't this rep's any more: nothing of its customer's past stays on the screen. */
  forget(): void {
    this.shut();
    this.listed.value = null;
  }

  #path(rest: string): string {
    return `/api/rep/conversations/${this.id}/past${rest}`;
  }
}

/** Only for one's own chat with a customer whom the shop has signed in. */
export function hasPast({ yours, state, brief }: RepView): boolean {
  return yours && state === "with_rep" && brief.verified;
}

/** Who helped, and what the customer said of it: "Sam helped · not solved". */
export function endWords({ helped_by, rep, solved }: PastConversation): string {
  const who = { rep: `${rep ?? "A rep"} helped`, bot: "The bot helped", nobody: "Left before anybody came" }[helped_by];
  const vote = solved === null ? "no vote" : solved ? "solved" : "not solved";
  return `${who} · ${vote}`;
}

/** The id of its row on the page, to which the keyboard goes back. */
export function rowOf(past: string): string {
  return `past-${past}`;
}
