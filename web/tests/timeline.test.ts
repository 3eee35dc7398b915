// @vitest-environment node
import { describe, expect, test } from "vitest";
import { hasHole, merge, nothingSaid, unstored, wholeUntil } from "../src/shared/timeline";
import { fromAna, fromRuth, message } from "./people";

const texts = (timeline: ReturnType<typeof merge>) => timeline.messages.map(({ text }) => text);

describe("what was said in Ana's conversation", () => {
  test("stands in the desk's order, whatever order it arrives in", () => {
    const said = merge(merge(nothingSaid, [message(3, "three")]), [message(1, "one"), message(2, "two")]);
    expect(texts(said)).toEqual(["one", "two", "three"]);
  });

  test("stands there once, however often it arrives", () => {
    const once = merge(nothingSaid, [message(1, "one"), message(2, "two")]);
    expect(texts(merge(merge(once, [message(2, "two")]), [message(1, "one"), message(1, "one")]))).toEqual(["one", "two"]);
  });

  test("is the same object when nothing is new, so that nothing is drawn again", () => {
    const said = merge(nothingSaid, [message(1, "one")]);
    expect(merge(said, [message(1, "one")], 1)).toBe(said);
  });

  test("has a hole where a message is missing, and says from where to ask", () => {
    const said = merge(nothingSaid, [message(1, "one"), message(2, "two"), message(4, "four")]);
    expect(wholeUntil(said)).toBe(2);
    expect(hasHole(said)).toBe(true);
    expect(hasHole(merge(said, [message(3, "three")]))).toBe(false);
  });

  test("lacks something at its end when the desk's head is higher", () => {
    const said = merge(nothingSaid, [message(1, "one")], 3);
    expect(hasHole(said)).toBe(true);
    expect(wholeUntil(said)).toBe(1);
  });

  test("never forgets a higher head because of an older one", () => {
    expect(merge(merge(nothingSaid, [], 5), [], 2).head).toBe(5);
  });

  test("leaves out notes, which have no place in the order", () => {
    expect(texts(merge(nothingSaid, [message(1, "one"), { ...fromRuth(0, "a note"), seq: null, kind: "note" }]))).toEqual(["one"]);
  });

  test("shows what Ana has sent as pending until it's stored under its client id", () => {
    const pending = { client_id: "abc12345", conversation: null, text: "hi", at: 1, state: "pending" as const };
    expect(unstored(nothingSaid, [pending])).toEqual([pending]);
    expect(unstored(merge(nothingSaid, [fromAna(1, "hi", "abc12345")]), [pending])).toEqual([]);
  });
});
