import { cleanup, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { askedAgain, factWords } from "../src/console/asked-again";
import { timeOfDay } from "../src/shared/clock";
import type { KnownFact } from "../src/wire";
import sentences from "../../tests/asked_again.json";
import { box, press, Ruth, type } from "./ruth";

const KNOWN: KnownFact[] = [
  { what: "order", value: "A-123456", proven: true, source: "shop", at: null },
  { what: "email", value: "a…@example.com", proven: true, source: "shop", at: null },
  { what: "name", value: "Ana", proven: true, source: "shop", at: null },
  { what: "asked", value: "Where is my parcel?", proven: false, source: "bot", at: null },
];

describe("the console reads the rule as the desk does", () => {
  test.each(sentences)("$says", ({ says, asks }) => {
    expect(askedAgain(says, KNOWN).map((fact) => fact.what)).toEqual(asks);
  });
});

describe("Ruth writes to Ana", () => {
  let ruth: Ruth;
  beforeEach(async () => {
    ruth = new Ruth();
    ruth.holds();
    ruth.view = { ...ruth.view, brief: { ...ruth.view.brief, known: KNOWN } };
    await ruth.sitsDown();
    await screen.findByLabelText("Reply");
  });
  afterEach(cleanup);

  test("and is told that she has what she asks for, before she sends it", async () => {
    type(box(), "What's your order number?");
    await screen.findByText("You have the order number: A-123456");
    type(box(), "Is it A-123456?");
    await waitFor(() => expect(screen.queryByText(/You have the order number/)).toBeNull());
  });

  test("and is told when they wrote it, also of a second order; naming one of them is checking", async () => {
    const at = "2026-06-05T12:00:00Z";
    const second: KnownFact = { what: "order", value: "A-200002", proven: false, source: "chat", at };
    expect(askedAgain("What's your order number?", [KNOWN[0]!, second]).map(factWords)).toEqual([
      "You have the order number: A-123456",
      `You have the order number: A-200002, written at ${timeOfDay(at)}`,
    ]);
    expect(askedAgain("Is your order number A-200002?", [KNOWN[0]!, second])).toEqual([]);
  });

  test("and may ask all the same", async () => {
    type(box(), "How can I help you?");
    await screen.findByText("They've told the bot: “Where is my parcel?”");
    press("Enter");
    await waitFor(() => expect(ruth.said.map((message) => message.text)).toContain("How can I help you?"));
  });
});
