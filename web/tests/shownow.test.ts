import { describe, expect, test } from "vitest";
import type { Placed } from "../src/shared/timeline";
import { botOwes } from "../src/widget/shownow";
import type { Message } from "../src/wire";
import { anasView, fromAna, message } from "./people";

const byDesk = { author: { kind: "desk" as const, name: null } };
const owes = (...said: Message[]) => botOwes(said as Placed[], [], anasView());

describe("The bot owes Ana an answer", () => {
  test("while her word is the last one", () => {
    expect(owes(message(1, "Hello."), fromAna(2, "Where is it?"))).toBe(true);
  });

  test("also after a notice of the desk, which answers nothing", () => {
    expect(owes(fromAna(1, "Where is it?"), message(2, "You're now asking about another order.", { ...byDesk, kind: "event" }))).toBe(true);
  });

  test("until it has answered", () => {
    expect(owes(fromAna(1, "Where is it?"), message(2, "It's in York."))).toBe(false);
  });

  test("or the desk has apologised for it", () => {
    expect(owes(fromAna(1, "Where is it?"), message(2, "Sorry, I couldn't work that out.", byDesk))).toBe(false);
  });

  test("but not once a person has the chat", () => {
    expect(botOwes([fromAna(1, "Where is it?") as Placed], [], anasView({ state: "waiting" }))).toBe(false);
  });
});
