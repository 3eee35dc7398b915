// @vitest-environment node
import { expect, test } from "vitest";
import { statusOf } from "../src/widget/status";
import { strings } from "../src/widget/strings";
import { anasView } from "./people";

const waiting = (more: object) => statusOf(anasView({ state: "waiting", place: 2, ...more }));

test.each([
  [{ low_s: 60, high_s: 60, over: false }, "8 of 10 people waited less than a minute"],
  [{ low_s: 60, high_s: 240, over: false }, "8 of 10 people waited less than 4 minutes"],
  [{ low_s: 0, high_s: 3600, over: false }, "8 of 10 people waited less than an hour"],
  [{ low_s: 0, high_s: 5400, over: false }, "8 of 10 people waited less than an hour and a half"],
  [{ low_s: 0, high_s: 9000, over: false }, "8 of 10 people waited less than 2 and a half hours"],
  [{ low_s: 0, high_s: 7200, over: true }, "Longer than we said: 8 of 10 people waited less than 2 hours"],
  [{ low_s: null, high_s: null, over: true }, strings.waitLonger],
  [{ low_s: null, high_s: null, over: false }, ""],
  [null, ""],
])("who waits reads how long others waited: %j", (wait, words) => expect(waiting({ wait }).range).toBe(words));

test("while nobody is there, there's no word about time", () => {
  const status = waiting({ reps_here: 0, wait: { low_s: 60, high_s: 240, over: false } });
  expect([status.detail, status.range]).toEqual([strings.nobodyHere, ""]);
});
