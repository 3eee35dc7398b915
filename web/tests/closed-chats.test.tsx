import axe from "axe-core";
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Account } from "../src/console/account";
import { App } from "../src/console/App";
import "../src/console/figures/Figures"; // else the first test waits for it to be loaded
import type { ClosedChat } from "../src/wire";
import { figures } from "./figures-of-a-week";
import { fromAna, fromRuth, lists, message, ruthsView } from "./people";
import { ok, refusal, ScriptedDesk } from "./scripted";

const closed = (more: Partial<ClosedChat> = {}): ClosedChat => ({
  id: "c1",
  closed_at: "2026-06-11T12:00:00Z",
  customer_name: "Ana",
  topic: "late_delivery",
  cause: "Weather",
  helped_by: "rep",
  rep: "Ruth",
  solved: false,
  words: "It never came.",
  ...more,
});
const NOTE = message(0, "Rang the carrier.", { id: "n1", seq: null, kind: "note", author: { kind: "rep", name: "Ruth" } });
configure({ asyncUtilTimeout: 10_000 }); // a busy machine needs longer for a page of tables
let desk: ScriptedDesk;

beforeEach(() => {
  localStorage.clear();
  location.hash = "#figures";
  dispatchEvent(new Event("hashchange"));
  desk = new ScriptedDesk()
    .on("GET /api/rep/me", ok({ rep: { id: "l1", name: "lena", display_name: "Lena", role: "lead" }, csrf: "token" }))
    .on("GET /api/rep/queue", ok(lists({ waiting: [], mine: [], due: [], waiting_total: 0 })))
    .on("GET /api/rep/figures", ok(figures))
    .on("GET /api/rep/closed", ({ path }) => ok(path.includes("older_than") ? { chats: [closed({ id: "c2", words: "Nor did mine.", customer_name: null })], older_than: null } : { chats: [closed()], older_than: "17.c1" }))
    .on("POST /api/rep/conversations/c1/look", ok(ruthsView({ id: "c1", state: "closed", notes: [NOTE] })))
    .on("GET /api/rep/conversations/c1/messages", ok({ messages: [fromAna(1, "Where is it?"), fromRuth(2, "On its way.")], head: 2, version: 9, more: false }));
});
afterEach(cleanup);

async function lenaLooks() {
  const account = new Account();
  render(<App account={account} />);
  await account.look();
  await screen.findByText("It never came.");
}
const section = (title: string) => within(screen.getByRole("heading", { name: title }).closest("section")!);
const asked = () => desk.to("GET /api/rep/closed").map(({ path }) => path.split("?")[1]);

test("Lena reads what those who said no wrote, page after page", async () => {
  await lenaLooks();
  expect(asked()).toContain("period=7_days&vote=no&written=yes");
  const wrote = section("What those who said no wrote");
  fireEvent.click(wrote.getByRole("button", { name: "Show older sentences" }));
  await wrote.findByText("Nor did mine.");
  expect(wrote.getByText("It never came.")).toBeTruthy();
  expect(wrote.queryByRole("button", { name: "Show older sentences" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Refresh" }));
  await waitFor(() => expect(desk.to("GET /api/rep/figures").length).toBe(2));
  expect(wrote.getByText("Nor did mine.")).toBeTruthy();
  fireEvent.change(wrote.getByLabelText("Topic"), { target: { value: "refund_status" } });
  await waitFor(() => expect(asked()).toContain("period=7_days&topic=refund_status&vote=no&written=yes"));
  await waitFor(() => expect(wrote.queryByText("Nor did mine.")).toBeNull());
});

test("Lena opens a chat, which puts the look on record, and goes back to where she was", async () => {
  await lenaLooks();
  expect(desk.to("POST /api/rep/conversations")).toEqual([]);
  const opener = section("Closed chats").getByRole("button", { name: /Read the chat of Ana/ });
  opener.focus();
  fireEvent.click(opener);
  const dialog = within(await screen.findByRole("dialog"));
  await dialog.findByText("On its way.");
  expect(dialog.getByText("Rang the carrier.")).toBeTruthy();
  expect(dialog.queryByRole("textbox")).toBeNull();
  expect(desk.to("POST /api/rep/conversations").map(({ path }) => path)).toEqual(["/api/rep/conversations/c1/look"]);
  const found = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  fireEvent.click(dialog.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(document.activeElement).toBe(opener);
});

test("Lena is told when a chat can't be opened, and when the list can't be had", async () => {
  desk.on("POST /api/rep/conversations/c1/look", refusal(404, "not_found", "There is nothing here."));
  await lenaLooks();
  fireEvent.click(section("Closed chats").getByRole("button", { name: /Read the chat of Ana/ }));
  await within(await screen.findByRole("dialog")).findByText("There is nothing here.");
  desk.on("GET /api/rep/closed", refusal(422, "bad_field", "There is no such day."));
  fireEvent.change(screen.getByLabelText("Day"), { target: { value: "2026-06-10" } });
  await screen.findByText("There is no such day.");
});

test("Lena finds closed chats by what is counted of them, and from a cause that is counted", async () => {
  await lenaLooks();
  const list = section("Closed chats");
  fireEvent.change(list.getByLabelText("Solved?"), { target: { value: "none" } });
  fireEvent.change(list.getByLabelText("Helped last"), { target: { value: "r2" } });
  fireEvent.change(list.getByLabelText("Day"), { target: { value: "2026-06-10" } });
  await waitFor(() => expect(asked()).toContain("period=7_days&vote=none&who=r2&day=2026-06-10"));
  fireEvent.click(screen.getByRole("button", { name: "Show the 30 closed with: Carrier was late" }));
  await waitFor(() => expect(asked()).toContain("period=7_days&topic=late_delivery&cause=Carrier+was+late"));
  expect(list.getByLabelText<HTMLInputElement>("Cause").value).toBe("Carrier was late");
  expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Closed chats" }));
});
