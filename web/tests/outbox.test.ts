import { beforeEach, expect, test } from "vitest";
import { type Outgoing, outbox, setAsideStale } from "../src/shared/outbox";
import { browserStore } from "../src/shared/store";

const anas = (clientId: string, at: number, more: Partial<Outgoing> = {}): Outgoing => ({
  client_id: clientId,
  conversation: null,
  text: "Where is it?",
  at,
  state: "pending",
  ...more,
});

beforeEach(() => localStorage.clear());

test("what Ana hasn't got through is still there after a reload, in her order", () => {
  const before = outbox(browserStore("t."));
  before.put(anas("second000", 2));
  before.put(anas("first0000", 1));
  expect(outbox(browserStore("t.")).items().map((item) => item.client_id)).toEqual(["first0000", "second000"]);
});

test("two tabs that write at once overwrite nothing of one another", () => {
  const [one, other] = [outbox(browserStore("t.")), outbox(browserStore("t."))];
  one.put(anas("fromone00", 1));
  other.put(anas("fromother", 2));
  one.remove("fromone00");
  expect(other.items().map((item) => item.client_id)).toEqual(["fromother"]);
});

test("a broken entry hides no good one", () => {
  localStorage.setItem("t.outgoing.broken", "{");
  localStorage.setItem("t.outgoing.odd", '{"text":1}');
  const box = outbox(browserStore("t."));
  box.put(anas("good00000", 1));
  expect(box.items()).toHaveLength(1);
});

test("where the browser stores nothing, memory has to do", () => {
  const refusing = () => {
    throw new DOMException("no", "SecurityError");
  };
  const box = outbox(browserStore("t.", refusing));
  box.put(anas("memory000", 1));
  expect(box.items()).toHaveLength(1);
});

test("a full disk keeps it in memory instead", () => {
  const full = { length: 0, key: () => null, getItem: () => null, removeItem: () => undefined, clear: () => undefined, setItem: () => refuse() };
  const refuse = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const box = outbox(browserStore("t.", () => full));
  box.put(anas("memory000", 1));
  expect(box.items()).toHaveLength(1);
  box.remove("memory000");
  expect(box.items()).toHaveLength(0);
});

test("what is more than an hour old waits for Ana's word", () => {
  const box = outbox(browserStore("t."));
  box.put(anas("old000000", 0));
  box.put(anas("new000000", 3_599_000));
  setAsideStale(box, "This was written a while ago.", 3_600_001);
  expect(box.items().map(({ client_id, state, held }) => [client_id, state, held ?? false])).toEqual([
    ["old000000", "failed", true],
    ["new000000", "pending", false],
  ]);
});
