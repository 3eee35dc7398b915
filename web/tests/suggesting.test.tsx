import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Suggestion } from "../src/wire";
import { fromAna, fromRuth, TALK } from "./people";
import { box, press, Ruth, type } from "./ruth";
import { ok, refusal, ScriptedSocket } from "./scripted";

const PATH = `GET /api/rep/conversations/${TALK}/suggestions`;
const LATE: Suggestion = { kind: "macro", name: "late", title: "The parcel is late", text: "Sorry, {customer_name}, it is late." };
const BEFORE: Suggestion = { kind: "reply", name: null, title: null, text: "I'll ask the carrier at once." };

let ruth: Ruth;
beforeEach(() => {
  ruth = new Ruth();
  ruth.desk.on(PATH, ok({ suggestions: [LATE, BEFORE] }));
});
afterEach(cleanup);

const altS = () => fireEvent.keyDown(box(), { key: "ß", code: "KeyS", altKey: true });

test("Alt+S puts the first suggestion into Ruth's box, filled in; again, the next in its place; nothing is sent", async () => {
  await ruth.holdsAnasChat();
  await screen.findByRole("button", { name: /The parcel is late/ });
  type(box(), "Hello.");
  altS();
  await waitFor(() => expect(box().value).toBe("Hello. Sorry, Ana, it is late."));
  altS();
  await waitFor(() => expect(box().value).toBe("Hello. I'll ask the carrier at once."));
  altS();
  await waitFor(() => expect(box().value).toBe("Hello. Sorry, Ana, it is late."));
  expect(ruth.desk.to(`POST /api/rep/conversations/${TALK}/messages`)).toEqual([]);
});

test("a click does the same, and what she has changed is left alone", async () => {
  await ruth.holdsAnasChat();
  fireEvent.click(await screen.findByRole("button", { name: /Helped before/ }));
  await waitFor(() => expect(box().value).toBe("I'll ask the carrier at once."));
  type(box(), "I've asked the carrier.");
  fireEvent.click(screen.getByRole("button", { name: /Helped before/ }));
  await waitFor(() => expect(box().value).toBe("I've asked the carrier. I'll ask the carrier at once."));
});

test("they are asked for anew when Ana writes, and gone once Ruth has answered", async () => {
  await ruth.holdsAnasChat();
  await screen.findByRole("button", { name: /Helped before/ });
  ruth.said.push(fromAna(2, "And my refund?"));
  ScriptedSocket.latest.tell({ kind: "message", message: fromAna(2, "And my refund?") });
  await waitFor(() => expect(ruth.desk.to(PATH)).toHaveLength(2));
  type(box(), "It is on its way.");
  press("Enter");
  await waitFor(() => expect(screen.queryByLabelText("Suggested replies")).toBeNull());
});

test("there are none when the last word is Ruth's, or the desk has none", async () => {
  ruth.said.push(fromRuth(2, "One moment."));
  await ruth.holdsAnasChat();
  expect(ruth.desk.to(PATH)).toEqual([]);
  ruth.desk.on(PATH, refusal(503, "storage_unavailable", "Try again."));
  ruth.said.push(fromAna(3, "Hello?"));
  ScriptedSocket.latest.tell({ kind: "message", message: fromAna(3, "Hello?") });
  await waitFor(() => expect(ruth.desk.to(PATH)).toHaveLength(1));
  expect(screen.queryByLabelText("Suggested replies")).toBeNull();
});
