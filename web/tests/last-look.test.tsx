import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lineOf } from "../src/console/last-look";
import type { Placed } from "../src/shared/timeline";
import { fromAna, fromRuth, message, queued, ruthsView } from "./people";
import { box, press, Ruth, row, type } from "./ruth";
import { ok, ScriptedSocket } from "./scripted";

const WORDS = "New since you last looked";
let ruth: Ruth;
beforeEach(() => void (ruth = new Ruth()));
afterEach(() => {
  isSeen(true);
  cleanup();
});

function isSeen(seen: boolean): void {
  Object.defineProperty(document, "visibilityState", { value: seen ? "visible" : "hidden", configurable: true });
  void act(() => void document.dispatchEvent(new Event("visibilitychange")));
}
function says(text: string): void {
  const said = fromAna(ruth.said.length + 1, text);
  ruth.said.push(said);
  void act(() => ScriptedSocket.latest.tell({ kind: "message", message: said }));
}
/** What stands right after the line. */
const below = () => screen.getByText(WORDS).nextElementSibling?.textContent;

describe("A line shows Ruth what is new since she last looked", () => {
  test("when Ana wrote while the window was hidden, until Ruth answers", async () => {
    await ruth.holdsAnasChat();
    says("I'm here");
    expect(screen.queryByText(WORDS)).toBeNull();
    isSeen(false);
    says("First");
    says("Second");
    isSeen(true);
    await screen.findByText(WORDS);
    expect(below()).toContain("First");
    says("Third");
    expect(below()).toContain("First");
    type(box(), "Hello Ana");
    press("Enter");
    await waitFor(() => expect(screen.queryByText(WORDS)).toBeNull());
  });

  test("until she leaves the chat", async () => {
    ruth.holds();
    ruth.queue.mine = [...ruth.queue.mine, queued({ id: "ben-1", customer_name: "Ben", state: "with_rep" })];
    ruth.desk.on("GET /api/rep/conversations/ben-1", ok(ruthsView({ id: "ben-1", state: "with_rep", yours: true })));
    ruth.desk.on("GET /api/rep/conversations/ben-1/messages", ok({ messages: [], head: 0, version: 1, more: false }));
    await ruth.sitsDown();
    await screen.findByText("Where is it?", { selector: ".words" });
    fireEvent.click(row("Ben"));
    says("Are you there?");
    fireEvent.click(row("Ana"));
    await screen.findByText(WORDS);
    expect(below()).toContain("Are you there?");
    fireEvent.click(row("Ben"));
    fireEvent.click(row("Ana"));
    await screen.findByText("Are you there?", { selector: ".words" });
    expect(screen.queryByText(WORDS)).toBeNull();
  });

  test("when the connection was lost, and after a reload", async () => {
    await ruth.holdsAnasChat();
    void act(() => ScriptedSocket.latest.drop());
    ruth.said.push(fromAna(2, "While you were away"));
    cleanup();
    ruth.queue.mine = [queued({ state: "with_rep", head: 2 })];
    await ruth.sitsDown();
    await screen.findByText(WORDS);
    expect(below()).toContain("While you were away");
  });

  test("when the desk says, after the line was lost, how much there is", async () => {
    await ruth.holdsAnasChat();
    const { latest } = ScriptedSocket;
    void act(() => latest.tell({ kind: "replay", conversation: "ana-1", messages: [], head: 1, version: 2, more: false }));
    isSeen(false);
    isSeen(true);
    const missed = fromAna(2, "Missed");
    ruth.said.push(missed);
    void act(() => latest.tell({ kind: "replay", conversation: "ana-1", messages: [missed], head: 2, version: 2, more: false }));
    await screen.findByText(WORDS);
  });
});

describe("The line", () => {
  const said = [fromAna(1, "One"), message(2, "Two"), message(3, "Ruth, a person, is now helping you.", { author: { kind: "desk", name: null } }), fromAna(4, "Four")] as Placed[];

  test("stands before the first words of somebody else's", () => {
    expect(lineOf({ id: "a", from: 1, until: 4 }, said)).toBe(2);
    expect(lineOf({ id: "a", from: 2, until: 4 }, said)).toBe(4);
  });

  test("isn't there for a chat that she has never seen, nor for the desk's own words, nor for what came while she looked", () => {
    expect(lineOf({ id: "a", from: null, until: 4 }, said)).toBeNull();
    expect(lineOf({ id: "a", from: 2, until: 3 }, said)).toBeNull();
    expect(lineOf({ id: "a", from: 4, until: 4 }, said)).toBeNull();
  });

  test("is gone once she has answered, not once Sam has", () => {
    const answer = fromRuth(5, "Hello") as Placed;
    expect(lineOf({ id: "a", from: 3, until: 4 }, [...said, { ...answer, client_id: "c1" }])).toBeNull();
    expect(lineOf({ id: "a", from: 3, until: 4 }, [...said, answer])).toBe(4);
  });
});
