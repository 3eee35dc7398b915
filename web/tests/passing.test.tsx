import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TALK } from "./people";
import { Ruth, type } from "./ruth";
import { ok, refusal } from "./scripted";

const FREE = { presence: "here", free: 2, load: 1, capacity: 3, leaving: false, team: null, skills: [] };
const COLLEAGUES = {
  reps: [
    { ...FREE, id: "r4", name: "Bo" },
    { ...FREE, id: "r3", name: "Lena", presence: "gone", free: 0 },
    { ...FREE, id: "r2", name: "Sam", skills: ["billing"] },
    { ...FREE, id: "r5", name: "Zoe", load: 3, free: 0, skills: ["billing"] },
  ],
  teams: [{ id: "t1", title: "Nights", here: 0, free: 0 }],
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

const whom = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Who should go on?" });
const shown = () => screen.getAllByRole("option").map((option) => option.textContent.trim());

/** She looks for somebody by a few letters, and takes the one at the top. */
async function passesOn(letters: string): Promise<void> {
  await opensTheDialog();
  type(whom(), letters);
  fireEvent.keyDown(whom(), { key: "Enter" });
}

async function opensTheDialog(): Promise<void> {
  ruth.holds();
  ruth.view = { ...ruth.view, needs: ["billing"] };
  await ruth.sitsDown();
  fireEvent.click(await screen.findByRole("button", { name: "Pass on" }));
  await waitFor(() => expect(whom().placeholder).toBe("Find by name, team or skill"));
}

const confirm = () => fireEvent.submit(screen.getByRole("dialog").querySelector("form")!);

describe("Ruth passes Ana's chat on", () => {
  test("to Sam, with a note", async () => {
    ruth.desk.on(TRANSFER, () => ok({ ...ruth.view, yours: false, state: "waiting", version: 3 }));
    await passesOn("sa");
    expect(whom().value).toBe("Sam");
    type(screen.getByLabelText("Note for whoever comes next"), "Refund is asked for.");
    confirm();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(ruth.desk.to(TRANSFER).map((asked) => asked.body)).toEqual([{ to: { rep: "r2" }, note: "Refund is asked for." }]);
  });

  test("back to the bot, with what she has learnt", async () => {
    ruth.desk.on(RETURN, () => ok({ ...ruth.view, yours: false, state: "with_bot", version: 3 }));
    await passesOn("the bot");
    fireEvent.change(await screen.findByLabelText("What does the customer need now?"), { target: { value: "refund_status" } });
    type(screen.getByLabelText("Which order?"), "A-123456");
    confirm();
    await waitFor(() => expect(ruth.desk.to(RETURN).map((asked) => asked.body)).toEqual([{ topic: "refund_status", order: "A-123456", note: "" }]));
  });

  test("and is told in the dialog why it can't be", async () => {
    ruth.desk.on(TRANSFER, refusal(409, "not_possible_now", "Sam can't take another chat now."));
    await passesOn("sam");
    confirm();
    await waitFor(() => expect(screen.getByRole("dialog").textContent).toContain("Sam can't take another chat now."));
  });
});

describe("Ruth looks for whom it fits", () => {
  beforeEach(opensTheDialog);

  test("and sees who is free and knows it first, and why others can't take it last", () => {
    fireEvent.click(whom());
    expect(shown()).toEqual([
      "Sam free, knows billing and refunds",
      "Bo free",
      "Nights team: nobody here",
      "Billing and refunds skill: 1 here, room for 2",
      "Zoe busy: 3 of 3, knows billing and refunds",
      "Lena not here",
      "The bot it goes on with what you found out",
    ]);
    expect(screen.getByText("7 to choose from.")).toBeTruthy();
    expect(screen.getByRole("option", { name: /Lena/ }).getAttribute("aria-disabled")).toBe("true");
  });

  test("moves with the arrows, takes with a click, and may change her mind", () => {
    fireEvent.keyDown(whom(), { key: "ArrowDown" });
    fireEvent.keyDown(whom(), { key: "ArrowDown" });
    const marked = whom().getAttribute("aria-activedescendant");
    expect(document.getElementById(marked!)!.textContent).toContain("Bo");
    fireEvent.keyDown(whom(), { key: "Enter" });
    expect(whom().value).toBe("Bo");
    expect(screen.queryByRole("listbox")).toBeNull();
    fireEvent.click(whom());
    fireEvent.click(screen.getByRole("option", { name: /Sam/ }));
    expect(whom().value).toBe("Sam");
  });

  test("can't take who isn't there or has no room", () => {
    fireEvent.click(whom());
    fireEvent.click(screen.getByRole("option", { name: /Zoe/ }));
    expect(whom().value).toBe("");
  });

  test("takes nothing by an Enter that belongs to her input method, nor by leaving the field half written", () => {
    type(whom(), "サム");
    fireEvent.keyDown(whom(), { key: "Enter", isComposing: true });
    expect(screen.getByText("Nothing fits that.")).toBeTruthy();
    type(whom(), "Sa");
    fireEvent.keyDown(whom(), { key: "Enter", keyCode: 229 });
    expect(whom().value).toBe("Sa");
    fireEvent.blur(whom());
    expect(whom().value).toBe("");
    expect(whom().required).toBe(true);
  });

  test("closes the choices by Esc and keeps the dialog", () => {
    fireEvent.click(whom());
    fireEvent.keyDown(whom(), { key: "Escape" });
    expect(screen.queryByRole("listbox")).toBeNull();
    expect(screen.getByRole("dialog")).toBeTruthy();
  });

  test("goes on with Tab, which takes along what she typed and nothing that she only looked at", () => {
    fireEvent.click(whom());
    fireEvent.keyDown(whom(), { key: "Tab" });
    expect(whom().value).toBe("");
    type(whom(), "sa");
    expect(fireEvent.keyDown(whom(), { key: "Tab" })).toBe(true);
    expect(whom().value).toBe("Sam");
  });

  test("asks anew who is free whenever she is about to choose", async () => {
    const asked = ruth.desk.to("GET /api/rep/colleagues").length;
    fireEvent.click(whom());
    await waitFor(() => expect(ruth.desk.to("GET /api/rep/colleagues")).toHaveLength(asked + 1));
  });
});

test("Of 500 colleagues the first fifty are drawn, and any is found by a few letters", async () => {
  const many = Array.from({ length: 500 }, (_, number) => ({ ...FREE, id: `m${number}`, name: `Rep ${1000 + number}` }));
  ruth.desk.on("GET /api/rep/colleagues", ok({ ...COLLEAGUES, reps: many }));
  await opensTheDialog();
  fireEvent.click(whom());
  expect(shown()).toHaveLength(50);
  expect(screen.getByText("The first 50 of 503. Type part of a name to find others.")).toBeTruthy();
  type(whom(), "1444");
  expect(shown()).toEqual(["Rep 1444 free"]);
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
