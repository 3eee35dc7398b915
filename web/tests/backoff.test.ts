// @vitest-environment node
import { expect, test } from "vitest";
import { backoff } from "../src/shared/backoff";

test("the longest wait doubles from half a second to fifteen seconds and stays there", () => {
  const waits = backoff(500, 15_000, () => 1);
  expect(Array.from({ length: 8 }, () => waits.next())).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
});

test("any wait up to the longest may come, so that browsers don't return together", () => {
  const waits = backoff(500, 15_000, () => 0.5);
  expect([waits.next(), waits.next(), waits.next()]).toEqual([250, 500, 1000]);
});

test("even the luckiest browser waits a moment", () => {
  expect(backoff(500, 15_000, () => 0).next()).toBe(100);
});

test("a connection that worked makes the waits short again", () => {
  const waits = backoff(500, 15_000, () => 1);
  waits.next();
  waits.next();
  waits.reset();
  expect(waits.next()).toBe(500);
});
