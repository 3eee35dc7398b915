/** Ctrl+K: all that can be reached or done. */
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lists, promised, queued, ruthsView, TALK } from "./people";
import { press, Ruth, row, type } from "./ruth";
import { ok } from "./scripted";

let ruth: Ruth;
beforeEach(() => {
  location.hash = "";
  ruth = new Ruth();
});
afterEach(cleanup);

async function finds(words: string): Promise<string[]> {
  press("k", { ctrlKey: true });
  type(await screen.findByRole<HTMLInputElement>("combobox"), words);
  return screen.queryAllByRole("option").map((each) => each.textContent ?? "");
}
const isLead = () => ruth.desk.on("GET /api/rep/me", ok({ rep: { id: "r9", name: "lena", display_name: "Lena", role: "lead" }, csrf: "token" }));

test("finds whom a promise is due to", async () => {
  const due = [queued({ id: "ben-1", customer_name: "Ben", state: "promised", promise: promised() })];
  ruth.queue = lists({ due, waiting: [queued()], waiting_total: 1 });
  await ruth.sitsDown();
  expect(await finds("due")).toEqual(["Ben due: call them, late delivery"]);
});

test("takes a colleague's chat over, for a lead", async () => {
  isLead();
  ruth.view = ruthsView({ state: "with_rep", owner: { kind: "rep", name: "Sam", picture: null } });
  ruth.desk.on(`POST /api/rep/conversations/${TALK}/take-over`, () => ruth.holds());
  await ruth.sitsDown();
  fireEvent.click(row("Ana"));
  await screen.findByRole("button", { name: "Take over" });
  expect(await finds("take over")).toEqual(["Take over this chat from Sam"]);
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Enter" });
  await waitFor(() => expect(ruth.desk.to(`POST /api/rep/conversations/${TALK}/take-over`)).toHaveLength(1));
});

test("takes nothing over for a rep", async () => {
  ruth.view = ruthsView({ state: "with_rep", owner: { kind: "rep", name: "Sam", picture: null } });
  await ruth.sitsDown();
  fireEvent.click(row("Ana"));
  await screen.findByText("Sam has this conversation now.");
  expect(await finds("take over")).toEqual([]);
});

test("goes to the pages that she may see, and back", async () => {
  await ruth.sitsDown();
  expect(await finds("page")).toEqual(["You page"]);
  cleanup();
  isLead();
  await ruth.sitsDown();
  expect(await finds("page")).toEqual(["Centre page", "Figures page", "Admin page", "You page"]);
  type(screen.getByRole("combobox"), "you page");
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Enter" });
  expect(location.hash).toBe("#me");
  expect(await finds("chats page")).toEqual(["Chats page"]);
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Enter" });
  await waitFor(() => expect(location.hash).toBe(""));
});
