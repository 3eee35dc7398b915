/** Ruth's lists: her own chats are first and stay in sight, however long the line is. */
import { cleanup, fireEvent, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lists, queued, TALK } from "./people";
import { press, Ruth, row } from "./ruth";
import { refusal } from "./scripted";

let ruth: Ruth;
beforeEach(() => void (ruth = new Ruth()));
afterEach(cleanup);

const list = (name: RegExp) => screen.getByRole("region", { name });
const claims = () => screen.queryAllByRole("button", { name: /^Claim / });

test("her own chats come first, then what is due, then the line; J follows that order", async () => {
  const mine = [queued({ state: "with_rep" })];
  const due = [queued({ id: "ben-1", customer_name: "Ben", state: "promised", promise: "call_back", due_since: "2026-06-05T12:00:00Z" })];
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
