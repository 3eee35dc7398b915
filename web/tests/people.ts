/** Ana the customer, Ruth and Sam the reps, and things they say; for tests. */
import type { CustomerView, Message, PromiseTold, QueueItem, RepQueue, RepView, You } from "../src/wire";

export const TALK = "ana-1";

export function message(seq: number, text: string, more: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    conversation: TALK,
    seq,
    author: { kind: "bot", name: null },
    kind: "text",
    text,
    buttons: [],
    client_id: null,
    attachment: null,
    created_at: new Date(Date.UTC(2026, 5, 5, 12, 0, seq)).toISOString(),
    ...more,
  };
}

export function fromAna(seq: number, text: string, client_id: string | null = null): Message {
  return message(seq, text, { author: { kind: "customer", name: "Ana" }, client_id });
}

export function fromRuth(seq: number, text: string): Message {
  return message(seq, text, { author: { kind: "rep", name: "Ruth" } });
}

export function anasView(more: Partial<CustomerView> = {}): CustomerView {
  return {
    id: TALK,
    state: "with_bot",
    version: 1,
    head: 0,
    owner: { kind: "bot", name: null, picture: null },
    place: null,
    waiting_since: null,
    wait: null,
    reps_here: 1,
    opens_at: null,
    promise: null,
    vote: null,
    vote_words: null,
    can_vote: false,
    can_reopen: false,
    rep_read: 0,
    customer_read: 0,
    order_id: null,
    email: null,
    preview: false,
    opened_at: "2026-06-05T12:00:00Z",
    ...more,
  };
}

export function ruthsView(more: Partial<RepView> = {}): RepView {
  return {
    id: TALK,
    state: "waiting",
    version: 1,
    head: 0,
    owner: { kind: "queue", name: null, picture: null },
    yours: false,
    place: 1,
    waiting_since: "2026-06-05T12:00:00Z",
    vote: null,
    vote_words: null,
    topic: "late_delivery",
    cause: null,
    notes: [],
    why: null,
    others_asked: false,
    needs: [],
    promise: null,
    customer_read: 0,
    opened_at: "2026-06-05T12:00:00Z",
    brief: {
      verified: true,
      customer_id: "C-1001",
      customer_name: "Ana",
      verified_from: 0,
      by_link: false,
      order_id: null,
      topic: "late_delivery",
      reason: "asked",
      reason_words: "The customer asked for a person.",
      understood: [],
      tone: null,
      check: null,
      also: [],
      language: null,
      page_language: null,
      known: [],
      tried: [],
    },
    ...more,
  };
}

export function queued(more: Partial<QueueItem> = {}): QueueItem {
  return {
    id: TALK,
    state: "waiting",
    customer_name: "Ana",
    verified: true,
    topic: "late_delivery",
    reason: "asked",
    place: 1,
    waiting_since: "2026-06-05T12:00:00Z",
    order_id: null,
    head: 1,
    last_text: "Where is it?",
    last_author: "customer",
    last_at: "2026-06-05T12:00:01Z",
    for_you: false,
    upset: false,
    unanswered_since: null,
    promise: null,
    team: null,
    wanted: null,
    wanted_until: null,
    needs: [],
    ...more,
  };
}

/** A call that Ana asked for, in the hour after noon. */
export function promised(more: Partial<PromiseTold> = {}): PromiseTold {
  return {
    kind: "call_back",
    asked_for: true,
    window: "asked",
    from: "2026-06-05T12:00:00Z",
    until: "2026-06-05T13:00:00Z",
    time_zone: null,
    made_at: "2026-06-05T09:00:00Z",
    ...more,
  };
}

/** What the desk shows Ruth of the queue; she is there, and claims by herself unless told otherwise. */
export function lists(more: Partial<RepQueue> = {}): RepQueue {
  const you: You = { pushed: false, away_since: null, breather_until: null, load: 0, held: 0, capacity: 3 };
  return { you, offer: null, waiting: [], due: [], mine: [], waiting_total: 0, ...more };
}
