/** Ruth's lists: her own chats are first and stay in sight, however long the line is. */
import { cleanup, fireEvent, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lists, promised, queued, TALK } from "./people";
import { press, Ruth, row } from "./ruth";
import { ok, refusal, ScriptedSocket } from "./scripted";

let ruth: Ruth;
beforeEach(() => void (ruth = new Ruth()));
afterEach(cleanup);

const list = (name: RegExp) => screen.getByRole("region", { name });
const claims = () => screen.queryAllByRole("button", { name: /^Claim / });

test("her own chats come first, then what is due, then the line; J follows that order", async () => {
  const mine = [queued({ state: "with_rep" })];
  const due = [queued({ id: "ben-1", customer_name: "Ben", state: "promised", promise: promised() })];
  ruth.queue = lists({ mine, due, waiting: [queued({ id: "cleo-1", customer_name: "Cleo" })], waiting_total: 1 });
  await ruth.sitsDown();
  expect(screen.getAllByRole("heading", { level: 2 }).map((each) => each.textContent?.trim())).toEqual(expect.arrayContaining(["My chats 1", "Due 1", "Waiting 1"]));
  const names = ["Ana", "Ben", "Cleo"];
  for (const name of names) {
    press("j");
    expect(document.activeElement).toBe(row(name));
  }
  press("k");
  expect(document.activeElement).toBe(row("Ben"));
});

test("the title of her chats says how many she hasn't read", async () => {
  ruth.holds();
  ruth.queue.mine.push(queued({ id: "ben-1", customer_name: "Ben", state: "with_rep" }));
  await ruth.sitsDown();
  within(list(/My chats/)).getByText("1 unread");
});

test("the chat that she goes to is brought into view", async () => {
  const shown = vi.fn();
  Element.prototype.scrollIntoView = shown;
  ruth.holds();
  ruth.queue.mine.push(queued({ id: "ben-1", customer_name: "Ben", state: "with_rep" }));
  ruth.desk.on("GET /api/rep/conversations/ben-1", refusal(404, "not_found", "Nothing."));
  await ruth.sitsDown();
  shown.mockClear();
  press("2", { code: "Digit2", altKey: true });
  await vi.waitFor(() => expect(shown.mock.contexts).toContain(row("Ben")));
});

test.each([
  [{ load: 3, held: 3 }, /Full: 3 of 3 need you. Answer or close one, then claim another/],
  [{ load: 0, held: 6 }, /You hold 6 chats. Close one, then claim another/],
])("without room for another she is told so, in the place of buttons that would be refused: %o", async (full, words) => {
  ruth.queue.you = { ...ruth.queue.you, ...full };
  await ruth.sitsDown();
  within(list(/Waiting/)).getByText(words);
  expect(claims()).toEqual([]);
  fireEvent.click(row("Ana"));
  const main = await screen.findByRole("main");
  await within(main).findByText(words);
  expect(within(main).queryByRole("button", { name: "Claim" })).toBeNull();
});

test("with room for another each who waits has a button", async () => {
  ruth.queue.you = { ...ruth.queue.you, load: 2, held: 5 };
  await ruth.sitsDown();
  expect(claims()).toHaveLength(1);
});

test("a chat that a colleague passed on is said to be that", async () => {
  ruth.queue.waiting = [queued({ id: TALK, reason: "transfer" })];
  await ruth.sitsDown();
  within(row("Ana")).getByText("Late delivery · passed on by a colleague");
});

test("a row says what it needs, and for whom it is in its first minute", async () => {
  const soon = new Date(Date.now() + 40_000).toISOString();
  const past = "2026-06-05T12:00:00Z";
  const waiting = [
    queued({ for_you: true, needs: ["billing"] }),
    queued({ id: "ben-1", customer_name: "Ben", wanted: "Sam", wanted_until: soon, needs: ["lang_es"] }),
    queued({ id: "cleo-1", customer_name: "Cleo", wanted: "Sam", wanted_until: past, team: "Returns" }),
  ];
  ruth.queue = lists({ waiting, waiting_total: 3 });
  await ruth.sitsDown();
  const badges = (name: string) => [...row(name).querySelectorAll(".need")].map((each) => each.textContent);
  expect([badges("Ana"), badges("Ben"), badges("Cleo")]).toEqual([["for you", "Billing"], ["for Sam", "Spanish"], ["Team Returns"]]);
});

test("her own chats say how long each waits for her answer, and nothing where none does", async () => {
  ruth.holds();
  ruth.queue.mine = [
    queued({ state: "with_rep", topic: null, unanswered_since: new Date(Date.now() - 125_500).toISOString() }),
    queued({ id: "ben-1", customer_name: "Ben", state: "with_rep", waiting_since: null }),
  ];
  await ruth.sitsDown();
  const waited = (name: string) => row(name).querySelector(".waited");
  expect(waited("Ana")!.textContent).toMatch(/^waits for your answer 2:0\d$/);
  expect(waited("Ana")!.classList.contains("long")).toBe(true);
  expect(waited("Ben")).toBeNull();
  expect(row("Ana").textContent).not.toContain("No topic yet");
});

test("a promise that is due says for whom it is, and in which language", async () => {
  const wanted = { wanted: "Sam", wanted_until: new Date(Date.now() + 40_000).toISOString() };
  ruth.queue = lists({ due: [queued({ state: "promised", promise: promised(), needs: ["orders", "lang_xx_y"], ...wanted })] });
  await ruth.sitsDown();
  expect([...row("Ana").querySelectorAll(".need")].map((each) => each.textContent)).toEqual(["for Sam", "XX_Y", "Orders"]);
});

test("whoever opens a chat that should go to Sam first is told so, and may claim it", async () => {
  ruth.queue.waiting = [queued({ wanted: "Sam", wanted_until: new Date(Date.now() + 40_000).toISOString() })];
  await ruth.sitsDown();
  fireEvent.click(row("Ana"));
  await screen.findByText(/It should go to Sam first/);
  within(screen.getByRole("main")).getByRole("button", { name: "Claim" });
});

const line = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => queued({ id: `v${from + i}`, customer_name: `Visitor ${from + i}`, place: from + i }));

test("more than the first fifty can be reached, and are read again as the line changes", async () => {
  ruth.queue = lists({ waiting: line(1, 3), waiting_total: 5 });
  ruth.desk.on("GET /api/rep/waiting?most=100&mine_first=0", () => ok({ waiting: line(1, 5), total: 5, yours: 0 }));
  await ruth.sitsDown("Visitor 1");
  fireEvent.click(screen.getByRole("button", { name: "Show more (2 below)" }));
  await screen.findByText("Visitor 5");
  expect(screen.queryByRole("button", { name: /Show more/ })).toBeNull();
  ruth.desk.on("GET /api/rep/waiting?most=100&mine_first=0", () => ok({ waiting: line(2, 5), total: 4, yours: 0 }));
  ScriptedSocket.latest.tell({ kind: "queue", queue: lists({ waiting: line(2, 4), waiting_total: 4 }) });
  await vi.waitFor(() => expect(screen.queryByText("Visitor 1")).toBeNull(), 3_000);
  screen.getByText("Visitor 5");
});

test("her own subjects come first if she likes, also after a reload", async () => {
  ruth.queue = lists({ waiting: line(1, 3), waiting_total: 3 });
  const [one, two, three] = line(1, 3);
  ruth.desk.on("GET /api/rep/waiting?most=50&mine_first=1", () => ok({ waiting: [three, one, two], total: 3, yours: 1 }));
  await ruth.sitsDown("Visitor 1");
  const names = () => [...list(/Waiting/).querySelectorAll(".row-name")].map((each) => each.textContent);
  expect(names()).toEqual(["Visitor 1", "Visitor 2", "Visitor 3"]);
  fireEvent.click(screen.getByLabelText("My subjects first"));
  await vi.waitFor(() => expect(names()).toEqual(["Visitor 3", "Visitor 1", "Visitor 2"]));
  expect(screen.getByText("Other subjects").closest("li")!.textContent).toContain("Visitor 1");
  cleanup();
  await ruth.sitsDown("Visitor 1");
  await vi.waitFor(() => expect(names()).toEqual(["Visitor 3", "Visitor 1", "Visitor 2"]));
  fireEvent.click(screen.getByLabelText("My subjects first"));
  await vi.waitFor(() => expect(names()).toEqual(["Visitor 1", "Visitor 2", "Visitor 3"]));
});
