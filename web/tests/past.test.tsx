import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PastConversation } from "../src/wire";
import { fromAna, fromRuth, message, ruthsView, TALK } from "./people";
import { Ruth } from "./ruth";
import { ok, refusal, ScriptedSocket } from "./scripted";

const PAST = `/api/rep/conversations/${TALK}/past`;
const BEFORE: PastConversation = {
  id: "before-1",
  opened_at: "2026-05-01T12:00:00Z",
  closed_at: "2026-05-01T12:30:00Z",
  topic: "refund_status",
  cause: "Refund took long",
  helped_by: "rep",
  rep: "Sam",
  solved: false,
  head: 2,
};
const NOTE = message(0, "Promised a call.", { id: "n1", seq: null, kind: "note", author: { kind: "rep", name: "Sam" } });

let ruth: Ruth;
beforeEach(() => {
  ruth = new Ruth();
  ruth.desk
    .on(`GET ${PAST}`, ok({ conversations: [BEFORE], more: false }))
    .on(`POST ${PAST}/before-1/look`, ok({ conversation: BEFORE, notes: [NOTE] }))
    .on(`GET ${PAST}/before-1/messages`, ok({ messages: [fromAna(1, "No refund yet."), fromRuth(2, "It left today.")], head: 2, version: 9, more: false }));
});
afterEach(cleanup);

describe("Ruth, who holds Ana's chat", () => {
  test("sees what Ana asked before, and how it ended", async () => {
    await ruth.holdsAnasChat();
    const row = await screen.findByRole("button", { name: /Refund status/ });
    expect(row.textContent).toContain("Sam helped · not solved");
    expect(ruth.desk.to(`POST ${PAST}`)).toEqual([]);
  });

  test("opens it beside the chat, where she can go on writing, and goes back", async () => {
    await ruth.holdsAnasChat();
    fireEvent.click(await screen.findByRole("button", { name: /Refund status/ }));
    await screen.findByText("It left today.");
    expect(screen.getByText("Promised a call.")).toBeTruthy();
    expect(screen.getByLabelText("Reply")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Back to the details" }));
    await screen.findByRole("button", { name: /Refund status/ });
    expect(screen.queryByText("It left today.")).toBeNull();
  });

  test("is told why one can't be opened", async () => {
    ruth.desk.on(`POST ${PAST}/before-1/look`, refusal(404, "not_found", "There is no such thing."));
    await ruth.holdsAnasChat();
    fireEvent.click(await screen.findByRole("button", { name: /Refund status/ }));
    await screen.findByText("There is no such thing.");
  });

  test("has nothing of it on the screen once the chat is no longer hers", async () => {
    await ruth.holdsAnasChat();
    fireEvent.click(await screen.findByRole("button", { name: /Refund status/ }));
    await screen.findByText("It left today.");
    ScriptedSocket.latest.tell({ kind: "rep_state", conversation: ruthsView({ version: 3 }) });
    await waitFor(() => expect(screen.queryByText("It left today.")).toBeNull());
    expect(screen.queryByText(/Sam helped/)).toBeNull();
  });
});

test("of a visitor who isn't signed in, no past is asked for", async () => {
  const view = ruthsView();
  ruth.holds();
  ruth.view = { ...ruth.view, brief: { ...view.brief, verified: false } };
  await ruth.sitsDown();
  await screen.findByLabelText("Reply");
  expect(ruth.desk.to(`GET ${PAST}`)).toEqual([]);
});
