import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TALK } from "./people";
import { Ruth, type } from "./ruth";
import { ok, refusal } from "./scripted";

const COLLEAGUES = {
  reps: [
    { id: "r2", name: "Sam", presence: "here", free: 2, team: null, skills: ["billing"] },
    { id: "r3", name: "Lena", presence: "gone", free: 0, team: null, skills: [] },
  ],
  teams: [],
  skills: [{ id: "billing", title: "Billing and refunds", here: 1, free: 2 }],
};
const TRANSFER = `POST /api/rep/conversations/${TALK}/transfer`;
const RETURN = `POST /api/rep/conversations/${TALK}/return-to-bot`;
const NOTES = `POST /api/rep/conversations/${TALK}/notes`;

let ruth: Ruth;
beforeEach(() => {
  ruth = new Ruth();
  ruth.desk.on("GET /api/rep/colleagues", ok(COLLEAGUES));
});
afterEach(cleanup);

async function passesOn(to: string): Promise<void> {
  await ruth.holdsAnasChat();
  fireEvent.click(screen.getByRole("button", { name: "Pass on" }));
  await screen.findByRole("option", { name: /Sam/ });
  fireEvent.change(screen.getByLabelText("Who should go on?"), { target: { value: to } });
}

const confirm = () => fireEvent.submit(screen.getByRole("dialog").querySelector("form")!);

describe("Ruth passes Ana's chat on", () => {
  test("to Sam, with a note; who isn't there can't be chosen", async () => {
    ruth.desk.on(TRANSFER, () => ok({ ...ruth.view, yours: false, state: "waiting", version: 3 }));
    await passesOn("rep r2");
    expect(screen.getByRole<HTMLOptionElement>("option", { name: "Lena (not here)" }).disabled).toBe(true);
    type(screen.getByLabelText("Note for whoever comes next"), "Refund is asked for.");
    confirm();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(ruth.desk.to(TRANSFER).map((asked) => asked.body)).toEqual([{ to: { rep: "r2" }, note: "Refund is asked for." }]);
  });

  test("back to the bot, with what she has learnt", async () => {
    ruth.desk.on(RETURN, () => ok({ ...ruth.view, yours: false, state: "with_bot", version: 3 }));
    await passesOn("bot");
    fireEvent.change(await screen.findByLabelText("What does the customer need now?"), { target: { value: "refund_status" } });
    type(screen.getByLabelText("Which order?"), "A-123456");
    confirm();
    await waitFor(() => expect(ruth.desk.to(RETURN).map((asked) => asked.body)).toEqual([{ topic: "refund_status", order: "A-123456", note: "" }]));
  });

  test("and is told in the dialog why it can't be", async () => {
    ruth.desk.on(TRANSFER, refusal(409, "not_possible_now", "Sam can't take another chat now."));
    await passesOn("rep r2");
    confirm();
    await waitFor(() => expect(screen.getByRole("dialog").textContent).toContain("Sam can't take another chat now."));
  });
});

describe("Ruth leaves a note", () => {
  test("under the same id until its words change", async () => {
    ruth.desk.on(NOTES, refusal(503, "storage_unavailable", "Try again."));
    await ruth.holdsAnasChat();
    fireEvent.click(screen.getByRole("button", { name: "Note" }));
    type(screen.getByLabelText("Only reps see it, never the customer"), "Be kind.");
    confirm();
    await waitFor(() => expect(ruth.desk.to(NOTES)).toHaveLength(1));
    confirm();
    await waitFor(() => expect(ruth.desk.to(NOTES)).toHaveLength(2));
    type(screen.getByLabelText("Only reps see it, never the customer"), "Be very kind.");
    confirm();
    await waitFor(() => expect(ruth.desk.to(NOTES)).toHaveLength(3));
    const ids = ruth.desk.to(NOTES).map((asked) => asked.body.client_id);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[1]);
  });
});
