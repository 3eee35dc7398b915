// @vitest-environment node
import { expect, test } from "vitest";
import { since } from "../src/shared/clock";
import { shownLines } from "../src/shared/lines";
import type { Placed } from "../src/shared/timeline";
import { charactersLeft, isEmpty } from "../src/widget/draft";
import { fromAna, message } from "./people";

const at = Date.UTC(2026, 5, 5, 12, 30);
const placed = (...messages: ReturnType<typeof message>[]) => messages as Placed[];

test("a run of one author shows the name once and the time once", () => {
  const lines = shownLines(placed(message(1, "a"), message(2, "b"), fromAna(3, "c")), at);
  expect(lines.map(({ opens, ends }) => [opens, ends])).toEqual([
    [true, false],
    [false, true],
    [true, true],
  ]);
});

test("the first line of each day names the day", () => {
  const yesterday = message(1, "a", { created_at: "2026-06-04T12:00:00Z" });
  expect(shownLines(placed(yesterday, message(2, "b"), message(3, "c")), at).map(({ day }) => day)).toEqual(["Yesterday", "Today", null]);
});

test.each([
  [5, "0:05"],
  [65, "1:05"],
  [3_600, "1 h 0 min"],
  [7_500, "2 h 5 min"],
  [200_000, "2 days"],
  [-30, "0:00"],
])("%i seconds are %s", (seconds, words) => expect(since(new Date(at - seconds * 1000).toISOString(), at)).toBe(words));

test("the counter appears near the limit and counts a pictograph as one, as the desk does", () => {
  expect(charactersLeft("x".repeat(3_599))).toBeNull();
  expect(charactersLeft("x".repeat(3_600))).toBe(400);
  expect(charactersLeft("x".repeat(4_001))).toBe(-1);
  expect(charactersLeft("🏮".repeat(3_700))).toBe(300);
});

test.each(["", "  \n", "\u200b", "\u2060\ufeff "])("%j is empty", (text) => expect(isEmpty(text)).toBe(true));
test("a word is not", () => expect(isEmpty("\u200bhi")).toBe(false));
