import { cleanup, fireEvent, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { usualCauses } from "../src/console/causes";
import { topicChoices } from "../src/console/topics";
import { cause, press, Ruth, type } from "./ruth";

let ruth: Ruth;
beforeEach(() => void (ruth = new Ruth()));
afterEach(cleanup);

describe("Closing", () => {
  test("shows the usual causes of the topic, each with its key", async () => {
    await ruth.isAboutToClose();
    const topic = screen.getByLabelText("What was it about?");
    topic.focus();
    fireEvent.change(topic, { target: { value: "missing_coins" } });
    const shown = within(screen.getByRole("group", { name: "Usual causes" })).getAllByRole("button").map((each) => each.textContent);
    expect(shown[0]).toBe("1 Coins came late");
    press("1", { code: "Digit1" });
    expect(cause().value).toBe("Coins came late");
  });

  test("takes digits for words where a cause is written", async () => {
    await ruth.isAboutToClose();
    cause().focus();
    type(cause(), "2 parcels, 1 label");
    press("2", { code: "Digit2" });
    expect(cause().value).toBe("2 parcels, 1 label");
  });

  test("has one key at most for each cause of each topic, and no cause twice", () => {
    for (const [topic] of topicChoices) {
      const causes = usualCauses(topic);
      expect(causes.length).toBeLessThanOrEqual(9);
      expect(new Set(causes).size).toBe(causes.length);
    }
  });
});
