/** The brief: what Ruth reads before her first word. */
import { cleanup, fireEvent, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { timeOfDay } from "../src/shared/clock";
import type { Brief } from "../src/wire";
import { ruthsView } from "./people";
import { Ruth } from "./ruth";

let ruth: Ruth;
beforeEach(() => void (ruth = new Ruth()));
afterEach(cleanup);

/** Ruth opens Ana's chat, whose brief says this too. */
async function opens(more: Partial<Brief>): Promise<HTMLElement> {
  ruth.view = ruthsView({ brief: { ...ruthsView().brief, ...more } });
  await ruth.sitsDown();
  fireEvent.click(screen.getAllByText("Ana").map((node) => node.closest<HTMLElement>(".row")).find(Boolean)!);
  return await screen.findByRole("region", { name: "Brief" });
}
const below = (brief: HTMLElement, title: string) => within(brief).getByText(title).nextElementSibling?.textContent?.replace(/\s+/g, " ").trim();

test("says what was asked, what the bot tried and that it didn't help, why she has it, what is proven and what claimed", async () => {
  const brief = await opens({
    known: [
      { what: "order", value: "A-104233", proven: true, source: "shop", at: null },
      { what: "email", value: "ana@example.com", proven: false, source: "bot", at: null },
      { what: "name", value: "Ana", proven: true, source: "shop", at: null },
      { what: "asked", value: "Where is my parcel?", proven: false, source: "bot", at: null },
    ],
    tried: [
      { did: "looked up the order", answer: "It is late.", result: "not_solved" },
      { did: "couldn't answer", answer: "", result: null },
    ],
  });
  expect(below(brief, "Asked")).toBe("Where is my parcel? Late delivery");
  const tried = within(brief).getAllByRole("listitem").map((each) => each.textContent);
  expect(tried).toEqual(["Looked up the order: It is late. said: not solved", "Couldn't answer"]);
  expect(below(brief, "Now here because")).toContain("The customer asked for a person.");
  expect(below(brief, "Proven")).toBe("order A-104233, Ana Signed in Proven by the shop's sign-in. Customer C-1001");
  expect(below(brief, "Only claimed")).toBe("e-mail ana@example.com (told the bot)");
  expect(screen.getByRole("complementary", { name: "Details" }).firstElementChild).toBe(brief);
});

test("of a visitor says that nothing is proven, and that the name is only claimed", async () => {
  const brief = await opens({ verified: false, customer_id: null, verified_from: null, known: [{ what: "order", value: "A-104233", proven: false, source: "bot", at: null }] });
  expect(below(brief, "Proven")).toBe("Not signed in Not proven by the shop. Ask before you tell them anything private.");
  expect(below(brief, "Only claimed")).toBe("Ana, order A-104233 (told the bot)");
  expect(below(brief, "Bot tried")).toBe("Nothing yet");
});

test("says when something was written in the chat, and names two orders", async () => {
  const at = "2026-06-05T12:00:00Z";
  const brief = await opens({
    known: [
      { what: "order", value: "A-104233", proven: true, source: "shop", at: null },
      { what: "order", value: "A-200002", proven: false, source: "chat", at },
      { what: "email", value: "a…@example.com", proven: false, source: "form", at: null },
    ],
  });
  expect(below(brief, "Proven")).toMatch(/^order A-104233 Signed in/);
  expect(below(brief, "Only claimed")).toBe(`order A-200002 (written at ${timeOfDay(at)}), e-mail a…@example.com (left for e-mails)`);
});

test("warns where somebody came back by a link in an e-mail", async () => {
  const brief = await opens({ by_link: true });
  expect(below(brief, "Proven")).toContain("no more than that they read that mailbox");
});
