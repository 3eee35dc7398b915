import { expect, test } from "vitest";
import { oneAtATime } from "../src/shared/one-at-a-time";

test("work asked for three times while it runs is done once more, and again when it's asked for later", async () => {
  const waiting: (() => void)[] = [];
  const work = oneAtATime(() => new Promise<void>((done) => waiting.push(done)));
  const first = work();
  void work();
  void work();
  const third = work();
  expect(waiting).toHaveLength(1);
  waiting[0]!();
  await Promise.resolve();
  await Promise.resolve();
  expect(waiting).toHaveLength(2);
  waiting[1]!();
  await Promise.all([first, third]);
  expect(waiting).toHaveLength(2);
  void work();
  expect(waiting).toHaveLength(3);
});
