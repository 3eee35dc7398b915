import { describe, expect, test } from "vitest";
import { heardOf, rings } from "../src/console/alerts/rings";
import { NOBODY } from "../src/console/lists";
import type { QueueItem, RepQueue } from "../src/wire";
import { promised, queued } from "./people";

const AT = Date.parse("2026-06-05T12:10:00Z");
const LATER = "2026-06-05T12:09:00Z";
const ana = (more: Partial<QueueItem> = {}) => queued({ state: "with_rep", ...more });
const ben = (more: Partial<QueueItem> = {}) => queued({ id: "ben-1", customer_name: "Ben", ...more });
const lists = (more: Partial<RepQueue>): RepQueue => ({ ...NOBODY, ...more });
const away = (since: string | null, breather: string | null = null) => ({ ...NOBODY.you, away_since: since, breather_until: breather });

/** The titles of what rings when the lists become the next ones, one after the other. */
function rung(...heard: Partial<RepQueue>[]): string[] {
  let before = null;
  const titles: string[] = [];
  for (const each of heard) {
    titles.push(...rings(before, lists(each), AT).map((alert) => alert.title));
    before = heardOf(before, lists(each));
  }
  return titles;
}

describe("Ruth is alerted", () => {
  test("of nothing that was there when she came", () => {
    expect(rung({ mine: [ana()], waiting: [ben()], due: [ben({ id: "cleo-1" })] })).toEqual([]);
  });

  test("when Ana writes in her chat, once for each message", () => {
    expect(rung({ mine: [ana()] }, { mine: [ana({ last_at: LATER })] }, { mine: [ana({ last_at: LATER })] })).toEqual(["Ana has written"]);
  });

  test("once, when a list that is older than the message comes after it", () => {
    expect(rung({ mine: [ana()] }, { mine: [ana({ last_at: LATER })] }, { mine: [ana()] }, { mine: [ana({ last_at: LATER })] })).toEqual(["Ana has written"]);
  });

  test("when she is given a chat, or one is passed to her", () => {
    expect(rung({}, { mine: [ana()] })).toEqual(["Ana is yours now"]);
    expect(rung({ mine: [ana()], waiting: [ben()] }, { mine: [ana()], waiting: [ben({ for_you: true })] })).toEqual(["Ben was passed to you"]);
  });

  test("when a chat is offered to her, and not again when she takes it", () => {
    const offer = { id: "o1", chat: ben(), reason: "you are the fittest", seconds_left: 20 };
    expect(rung({}, { offer }, { offer: { ...offer, seconds_left: 12 } }, { mine: [ben()] })).toEqual(["Ben is offered to you"]);
  });

  test("when somebody new waits while she has nothing to do, once for all who came at once", () => {
    expect(rung({}, { waiting: [ben(), ben({ id: "cleo-1" })] }, { waiting: [ben()] })).toEqual(["Ben waits for a person"]);
  });

  test("not of those who wait while she has a chat, or just gave hers back", () => {
    expect(rung({ mine: [ana()] }, { mine: [ana()], waiting: [ben()] })).toEqual([]);
    expect(rung({ mine: [ana()] }, { waiting: [ana({ state: "waiting" })] })).toEqual([]);
    expect(rung({ mine: [ana()], waiting: [ben()] }, { waiting: [ben()] })).toEqual([]);
  });

  test("not of those who wait where the desk offers her chats", () => {
    expect(rung({}, { waiting: [ben()], you: { ...NOBODY.you, pushed: true } })).toEqual([]);
  });

  describe("where she claims by herself and has room", () => {
    const you = { ...NOBODY.you, capacity: 2 };
    const due = [ben({ state: "promised", promise: promised({ from: LATER }) })];

    test("when a promised call is due, but not of the one that she has just put off", () => {
      expect(rung({ you }, { due, you }, { due, you })).toEqual(["Ben was promised a call: it's due"]);
      expect(rung({ you }, { due: [ben({ promise: promised({ kind: "message_left" }) })], you })).toEqual(["Ben was promised an answer: it's due"]);
      expect(rung({ mine: [ben()], you }, { due, you })).toEqual([]);
    });

    test("and not of it while she has no room, or where the desk offers it to somebody", () => {
      expect(rung({}, { due, you: { ...you, load: 2 } })).toEqual([]);
      expect(rung({}, { due, you: { ...you, load: 1, held: 4 } })).toEqual([]);
      expect(rung({}, { due, you: { ...you, pushed: true } })).toEqual([]);
    });
  });

  test("only of her own chats while she is on a break or a breather", () => {
    const news = { mine: [ana({ last_at: LATER })], due: [ben()] };
    expect(rung({ mine: [ana()] }, { ...news, you: away(LATER) })).toEqual(["Ana has written"]);
    expect(rung({}, { waiting: [ben()], you: away(null, "2026-06-05T12:11:00Z") })).toEqual([]);
    expect(rung({}, { waiting: [ben()], you: away(null, LATER) })).toEqual(["Ben waits for a person"]);
  });

  test("of somebody without a name too", () => {
    expect(rung({}, { mine: [ana({ customer_name: null })] })).toEqual(["A visitor is yours now"]);
  });
});
