import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Account } from "../src/console/account";
import { App } from "../src/console/App";
import type { Block, LeadView } from "../src/wire";
import { lists, queued, ruthsView, TALK } from "./people";
import { ok, refusal, ScriptedDesk, ScriptedSocket } from "./scripted";

const LENA = { rep: { id: "r9", name: "lena", display_name: "Lena", role: "lead" }, csrf: "token" };
const RUTH = { id: "r1", name: "Ruth", presence: "here", team: null, site: null, skills: ["orders"], capacity: 3, load: 1, held: 1, free: 2 } as const;
const NOW: LeadView = {
  waiting: [queued({ id: "ben-1", customer_name: "Ben" })],
  waiting_total: 1,
  reps: [
    { ...RUTH, skills: ["orders"], chats: [{ id: TALK, customer_name: "Ana", topic: "late_delivery", needs_rep: true }] },
    { ...RUTH, id: "r2", name: "Sam", skills: [], load: 0, held: 0, free: 3, chats: [] },
  ],
  skills: [{ id: "orders", title: "Orders and returns", waiting: 1, longest_since: null, here: 1, free: 2 }],
  mail: null,
};
const MOVE = "POST /api/rep/move-chats";

let desk: ScriptedDesk;
let blocks: Block[] = [];
beforeEach(async () => {
  localStorage.clear();
  location.hash = "#lead";
  const at = "2026-11-29T09:00:00Z";
  blocks = [{ id: "b1", conversation: "c1", customer_name: "Bob", blocked_by: "Ruth", reason: "Swore.", at, until: at }];
  desk = new ScriptedDesk()
    .on("GET /api/rep/me", ok(LENA))
    .on("GET /api/rep/queue", ok(lists({ waiting: [], mine: [], due: [], waiting_total: 0 })))
    .on("GET /api/rep/macros", ok({ macros: [] }))
    .on("GET /api/rep/colleagues", ok({ reps: [{ id: "r2", name: "Sam", presence: "here", free: 3, team: null, skills: [] }], teams: [], skills: [] }))
    .on("GET /api/rep/blocks", () => ok({ blocks }))
    .on("GET /api/rep/lead", ok(NOW));
  const account = new Account();
  render(<App account={account} />);
  await account.look();
  ScriptedSocket.latest.open();
  // The page is loaded when it is opened, which takes a while the first time.
  await screen.findByRole("button", { name: "Ben" }, { timeout: 10_000 });
});
afterEach(() => {
  cleanup();
  location.hash = "";
});

describe("Lena, a lead", () => {
  test("moves chats of Ruth's and of the queue; what wasn't moved stays chosen, with the reason", async () => {
    desk.on(MOVE, ok({ moved: [{ id: TALK, refusal: null }, { id: "ben-1", refusal: "Somebody was quicker." }] }));
    fireEvent.click(screen.getByLabelText("Choose Ana"));
    fireEvent.click(screen.getByLabelText("Choose Ben"));
    await screen.findByRole("option", { name: /Sam/ });
    fireEvent.change(screen.getByLabelText("To"), { target: { value: "rep r2" } });
    fireEvent.submit(screen.getByRole("form", { name: "Move chats" }));
    await screen.findByText("1 moved. Ben: Somebody was quicker.");
    expect(desk.to(MOVE).map((asked) => asked.body)).toEqual([{ conversations: [TALK, "ben-1"], to: { rep: "r2" }, note: "" }]);
    expect(screen.getByLabelText<HTMLInputElement>("Choose Ben").checked).toBe(true);
    expect(screen.getByLabelText<HTMLInputElement>("Choose Ana").checked).toBe(false);
  });

  test("opens a chat of Ruth's silently, and may take it over", async () => {
    const view = ruthsView({ state: "with_rep", owner: { kind: "rep", name: "Ruth", picture: null }, yours: false });
    desk
      .on(`POST /api/rep/conversations/${TALK}/look`, ok(view))
      .on(`GET /api/rep/conversations/${TALK}`, ok(view))
      .on(`GET /api/rep/conversations/${TALK}/messages`, ok({ messages: [], head: 0, version: 1, more: false }))
      .on(`GET /api/rep/conversations/${TALK}/order-card`, refusal(503, "shop_unavailable", "Down."))
      .on(`POST /api/rep/conversations/${TALK}/take-over`, ok({ ...view, version: 9, yours: true, owner: { kind: "rep", name: "Lena", picture: null } }));
    fireEvent.click(screen.getByRole("button", { name: "Ana" }));
    fireEvent.click(await screen.findByRole("button", { name: "Take over" }));
    await waitFor(() => expect(desk.to(`POST /api/rep/conversations/${TALK}/take-over`)).toHaveLength(1));
    expect(desk.to(`POST /api/rep/conversations/${TALK}/look`)).toHaveLength(1);
  });

  test("lets a blocked customer reach people again, with a reason", async () => {
    const undo = "POST /api/rep/blocks/b1/undo";
    desk.on(undo, () => {
      const [undone] = blocks;
      blocks = [];
      return ok(undone);
    });
    fireEvent.input(await screen.findByLabelText("Why undo it?"), { target: { value: "A misunderstanding." } });
    fireEvent.click(screen.getByRole("button", { name: "Undo the block of Bob" }));
    await waitFor(() => expect(screen.queryByText("Blocked after abuse")).toBeNull());
    expect(desk.to(undo).map((asked) => asked.body)).toEqual([{ reason: "A misunderstanding." }]);
  });

  test("sees what has changed as soon as the desk says that something has", async () => {
    desk.on("GET /api/rep/lead", ok({ ...NOW, waiting: [queued({ id: "cleo-1", customer_name: "Cleo" })] }));
    ScriptedSocket.latest.tell({ kind: "centre" });
    await screen.findByRole("button", { name: "Cleo" });
    expect(screen.queryByRole("button", { name: "Ben" })).toBeNull();
  });

  test("sees that e-mail doesn't go out, and why, until it does", async () => {
    const since = "2026-11-29T09:05:00Z";
    const tell = (mail: LeadView["mail"]) => {
      desk.on("GET /api/rep/lead", ok({ ...NOW, mail }));
      ScriptedSocket.latest.tell({ kind: "centre" });
    };
    tell({ count: 3, since, why: "the mail server can't be reached" });
    expect((await screen.findByText(/3 e-mails haven’t gone out yet, the oldest of 29 Nov 2026/)).textContent).toContain(": the mail server can't be reached.");
    tell({ count: 1, since, why: null });
    await screen.findByText(/An e-mail of 29 Nov 2026, \d\d:\d\d hasn’t gone out yet\./);
    tell(null);
    await waitFor(() => expect(screen.queryByText(/gone out yet/)).toBeNull());
  });

  test("finds reps by what they know", () => {
    fireEvent.input(screen.getByRole("searchbox"), { target: { value: "orders" } });
    expect(screen.getByRole("rowheader", { name: "Ruth" })).toBeTruthy();
    expect(screen.queryByRole("rowheader", { name: "Sam" })).toBeNull();
  });
});
