import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Account } from "../src/console/account";
import { App } from "../src/console/App";
import type { Block, LeadView } from "../src/wire";
import { lists, queued, ruthsView, TALK } from "./people";
import { ok, refusal, ScriptedDesk, ScriptedSocket } from "./scripted";

const LENA = { rep: { id: "r9", name: "lena", display_name: "Lena", role: "lead" }, csrf: "token" };
const RUTH = { id: "r1", name: "Ruth", presence: "here", team: null, site: null, capacity: 3, load: 1, held: 1, free: 2, works: null } as const;
const KENNEWICK = "America/Los_Angeles";
const LEAVES = new Date(Date.now() + 600_000);
const PROMISED = { customer_name: "Cleo", topic: "refund_status", last_text: "Please call.", needs: [], until: "2026-11-29T15:00:00Z" };
const NOW: LeadView = {
  waiting: [queued({ id: "ben-1", customer_name: "Ben" })],
  waiting_total: 1,
  longest_since: "2026-06-05T12:00:00Z",
  promises: {
    overdue: 1,
    due: 0,
    soon: 1,
    first: [
      { ...PROMISED, id: "cleo-1", kind: "message_left", standing: "overdue", from: "2026-06-05T12:00:00Z" },
      { ...PROMISED, id: "dan-1", customer_name: "Dan", kind: "call_back", standing: "soon", from: new Date(Date.now() + 600_000).toISOString() },
    ],
  },
  sites: [
    { name: "Kennewick", open: false },
    { name: "Leeds", open: true },
  ],
  reps: [
    { ...RUTH, skills: [{ title: "Orders and returns", level: 3 }], chats: [{ id: TALK, customer_name: "Ana", topic: "late_delivery", needs_rep: true, needs: ["orders"] }] },
    { ...RUTH, id: "r2", name: "Sam", site: "Kennewick", works: { state: "ending", ends_at: LEAVES.toISOString(), time_zone: KENNEWICK }, skills: [], load: 0, held: 0, free: 3, chats: [] },
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
    .on("GET /api/rep/colleagues", ok({ reps: [{ id: "r2", name: "Sam", presence: "here", free: 3, load: 0, capacity: 3, leaving: false, team: null, skills: [] }], teams: [], skills: [] }))
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

async function choosesSam(): Promise<void> {
  fireEvent.click(screen.getByLabelText("To"));
  fireEvent.click(await screen.findByRole("option", { name: /Sam/ }));
}

/** What stands under a heading of the line of totals. */
const total = (name: string) => screen.getByText(name, { selector: "dt" }).nextElementSibling?.textContent;

describe("Lena, a lead", () => {
  test("sees until when each works, on their site's clock, and whom not to give a new chat", () => {
    const end = LEAVES.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: KENNEWICK });
    const row = screen.getByTitle(`leaves at ${end}, Kennewick time`).closest("tr")!;
    expect(within(row).getByText("Sam")).toBeTruthy();
    expect(row.className).toBe("leaves-soon");
    expect(screen.getByText("Ruth", { selector: "bdi" }).closest("tr")!.textContent).not.toContain("until");
  });

  test("sees the centre in one line", () => {
    expect(total("Waiting")).toMatch(/^1 the longest \d+/);
    expect(total("At work")).toBe("2 2 free, 0 away, 1 leaves soon");
    expect(total("Chats that need a rep")).toBe("1 ");
    expect(total("Promises due")).toBe("1 1 missed once, 1 within the hour");
    expect(total("Sites open")).toBe("1 Kennewick closed");
  });

  test("sees what each rep knows, and which chats wait for an answer", () => {
    const ruth = screen.getByRole("row", { name: /Ruth/ });
    expect(ruth.textContent).toContain("Orders and returns\u00a03");
    expect(ruth.querySelector(".needs-rep")?.textContent).toBe("waits for an answer");
  });

  test("moves what is promised too, the most urgent first in her list", async () => {
    const [, first, second] = within(screen.getByRole("region", { name: "Promised" })).getAllByRole("row");
    expect(first?.textContent).toMatch(/AnswerCleoMissed once, due for/);
    expect(second?.textContent).toMatch(/CallDanFrom \d\d:\d\d/);
    desk.on(MOVE, ok({ moved: [{ id: "cleo-1", refusal: null }] }));
    fireEvent.click(screen.getByLabelText("Choose Cleo"));
    await choosesSam();
    fireEvent.submit(screen.getByRole("form", { name: "Move chats" }));
    await screen.findByText("1 moved.");
    expect(desk.to(MOVE).map((asked) => asked.body.conversations)).toEqual([["cleo-1"]]);
  });

  test("sees the first twenty who wait, and all of them if she wants", async () => {
    const many = Array.from({ length: 25 }, (_, number) => queued({ id: `c${number}`, customer_name: `Customer ${number + 1}` }));
    desk.on("GET /api/rep/lead", ok({ ...NOW, waiting: many, waiting_total: 25 }));
    ScriptedSocket.latest.tell({ kind: "centre" });
    fireEvent.click(await screen.findByRole("button", { name: "Show all 25" }));
    expect(screen.getByRole("button", { name: "Customer 25" })).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Show the first 20" }));
    expect(screen.queryByRole("button", { name: "Customer 25" })).toBeNull();
  });

  test("moves chats of Ruth's and of the queue; what wasn't moved stays chosen, with the reason", async () => {
    desk.on(MOVE, ok({ moved: [{ id: TALK, refusal: null }, { id: "ben-1", refusal: "Somebody was quicker." }] }));
    fireEvent.click(screen.getByLabelText("Choose Ana"));
    fireEvent.click(screen.getByLabelText("Choose Ben"));
    await choosesSam();
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
    desk.on("GET /api/rep/lead", ok({ ...NOW, waiting: [queued({ id: "fay-1", customer_name: "Fay" })] }));
    ScriptedSocket.latest.tell({ kind: "centre" });
    await screen.findByRole("button", { name: "Fay" });
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
