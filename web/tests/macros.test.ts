/** Ruth finds a ready answer: first those about what her customer asks, then those for any chat. */
import { expect, test } from "vitest";
import { Macros } from "../src/console/macros";
import type { Macro } from "../src/wire";

const ready = (name: string, skill: string | null): Macro => ({ name, title: `About ${name}`, text: "…", skill });
const ALL = [ready("anything-else", null), ready("charge-hold", "billing"), ready("hold-on", "orders"), ready("late", "orders"), ready("moment", null)];

function found(typed: string, needs: readonly string[]): string[] {
  const macros = new Macros(() => Promise.reject(new Error("not asked")));
  macros.all.value = ALL;
  return macros.matching(typed, needs).map(({ name }) => name);
}

test("those of a skill that the chat needs are first, then those for any chat", () => {
  expect(found("", ["orders", "lang_es"])).toEqual(["hold-on", "late", "anything-else", "moment", "charge-hold"]);
  expect(found("", [])).toEqual(["anything-else", "moment", "charge-hold", "hold-on", "late"]);
});

test("whose name begins with what was typed are before all others", () => {
  expect(found("hold", ["billing"])).toEqual(["hold-on", "charge-hold"]);
});
