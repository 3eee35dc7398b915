import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Account } from "../src/console/account";
import { App } from "../src/console/App";
import type { Message, RepQueue, RepView } from "../src/wire";
import { fromAna, fromRuth, lists, queued, ruthsView, TALK } from "./people";
import { ok, refusal, ScriptedDesk, ScriptedSocket } from "./scripted";

const RUTH = { rep: { id: "r1", name: "ruth", display_name: "Ruth", role: "rep" }, csrf: "token" };
let desk: ScriptedDesk;
let view: RepView;
let said: Message[];
let queue: RepQueue;

beforeEach(() => {
  localStorage.clear();
  view = ruthsView();
  said = [fromAna(1, "Where is it?")];
  queue = lists({ waiting: [queued()], mine: [], due: [], waiting_total: 1 });
  const held = () => {
    view = ruthsView({ state: "with_rep", owner: { kind: "rep", name: "Ruth", picture: null }, yours: true, version: 2 });
    queue = lists({ waiting: [], mine: [queued({ state: "with_rep", place: null })], due: [], waiting_total: 0 });
    return ok(view);
  };
  desk = new ScriptedDesk()
    .on("GET /api/rep/me", ok(RUTH))
    .on("GET /api/rep/queue", () => ok(queue))
    .on(`GET /api/rep/conversations/${TALK}`, () => ok({ ...view, head: said.length }))
    .on(`GET /api/rep/conversations/${TALK}/messages`, ({ path }) =>
      ok({ messages: said.slice(Number(path.split("=")[1])), head: said.length, version: view.version, more: false }),
    )
    .on(`GET /api/rep/conversations/${TALK}/suggestions`, ok({ suggestions: [] }))
      .on(`GET /api/rep/conversations/${TALK}/past`, ok({ conversations: [], more: false }))
    .on(`GET /api/rep/conversations/${TALK}/order-card`, refusal(503, "shop_unavailable", "Down."))
    .on(`POST /api/rep/conversations/${TALK}/claim`, held)
    .on(`POST /api/rep/conversations/${TALK}/messages`, ({ body }) => {
      const stored = { ...fromRuth(said.length + 1, String(body.text)), client_id: String(body.client_id) };
      said.push(stored);
      return ok(stored, 201);
    });
});
afterEach(cleanup);

async function ruthSitsDown() {
  const account = new Account();
  render(<App account={account} />);
  await account.look();
  await screen.findByRole("heading", { name: /My chats/ });
  ScriptedSocket.latest.open();
  await screen.findByText("Ana");
}
async function ruthHoldsAnasChat() {
  await ruthSitsDown();
  fireEvent.keyDown(row("Ana"), { key: "Enter" });
  await screen.findByLabelText("Reply");
}
const row = (name: string) => screen.getAllByText(name).map((node) => node.closest(".row")).find(Boolean)!;
const box = () => screen.getByLabelText<HTMLTextAreaElement>("Reply");
function ruthWrites(text: string) {
  fireEvent.input(box(), { target: { value: text } });
  fireEvent.keyDown(box(), { key: "Enter" });
}

describe("Ruth at the console", () => {
  test("claims with Enter and has the whole conversation, and why it came", async () => {
    await ruthHoldsAnasChat();
    expect(desk.to(`POST /api/rep/conversations/${TALK}/claim`)[0]?.headers["X-CSRF-Token"]).toBe("token");
    const transcript = screen.getByRole("log");
    expect(within(transcript).getByText("Where is it?")).toBeTruthy();
    expect(screen.getByText("The customer asked for a person.")).toBeTruthy();
  });

  test("reads what the bot noticed: tone with the words for it, its check, what else was asked, the language", async () => {
    view = ruthsView({
      brief: {
        ...ruthsView().brief,
        tone: { upset: true, upset_words: ["ridiculous", "third time"], unliteral: false, unliteral_words: [] },
        check: "no",
        also: ["refund_status"],
        language: "es", page_language: "de",
      },
    });
    await ruthSitsDown();
    fireEvent.click(row("Ana"));
    const details = screen.getByRole("complementary", { name: "Details" });
    const hints = (await within(details).findAllByRole("listitem")).map((each) => each.textContent);
    expect(hints).toEqual(["Sounds upset: ridiculous, third time", "Told the bot that it isn't solved", "Also asked about: Refund status", "Writes in Spanish", "Reads our notices in German"]);
  });

  test("reads nothing of what the bot hasn't noticed", async () => {
    await ruthSitsDown();
    fireEvent.click(row("Ana"));
    const details = screen.getByRole("complementary", { name: "Details" });
    await within(details).findByText("The customer asked for a person.");
    expect(within(details).queryAllByRole("listitem")).toEqual([]);
  });

  test("sees in the list why somebody who came later is first", async () => {
    queue = lists({ waiting: [queued({ upset: true })], mine: [], due: [], waiting_total: 1 });
    await ruthSitsDown();
    expect(screen.getByText("Late delivery · sounds upset, asked for a person")).toBeTruthy();
  });

  test("is told that Sam was quicker", async () => {
    desk.on(`POST /api/rep/conversations/${TALK}/claim`, refusal(409, "already_claimed", "Sam was quicker: Sam is helping this customer."));
    await ruthSitsDown();
    fireEvent.keyDown(row("Ana"), { key: "Enter" });
    await screen.findByText(/Sam was quicker/);
    expect(screen.queryByLabelText("Reply")).toBeNull();
  });

  test("sees that the order isn't available, and may ask again", async () => {
    await ruthHoldsAnasChat();
    await screen.findByText(/Not available/);
    desk.on(`GET /api/rep/conversations/${TALK}/order-card`, ok({ card, why: null }));
    fireEvent.click(screen.getByText("Try again"));
    await screen.findByText("A-104233");
    expect(screen.getByText("£84.40")).toBeTruthy();
    expect(screen.getByText("No order was named. This is their newest.")).toBeTruthy();
  });

  test("is told why there's no order, which nothing can be done about", async () => {
    desk.on(`GET /api/rep/conversations/${TALK}/order-card`, ok({ card: null, why: "This customer has no orders." }));
    await ruthHoldsAnasChat();
    await screen.findByText("This customer has no orders.");
    expect(screen.queryByText("Try again")).toBeNull();
  });

  test("answers, and sees her words at once and once", async () => {
    await ruthHoldsAnasChat();
    ruthWrites("Hello Ana");
    expect(screen.getByText("Hello Ana")).toBeTruthy();
    await waitFor(() => expect(said).toHaveLength(2));
    ScriptedSocket.latest.tell({ kind: "message", message: said[1]! });
    await waitFor(() => expect(screen.queryByText("Sending")).toBeNull());
    expect(screen.getAllByText("Hello Ana")).toHaveLength(1);
  });

  test("keeps her words as a draft when the chat is Sam's meanwhile", async () => {
    await ruthHoldsAnasChat();
    desk.on(`POST /api/rep/conversations/${TALK}/messages`, () => {
      view = ruthsView({ state: "with_rep", owner: { kind: "rep", name: "Sam", picture: null }, yours: false, version: 9 });
      return refusal(409, "lost_to_another", "This conversation is no longer with you.");
    });
    ruthWrites("Too late");
    await screen.findByText("This conversation is no longer with you.");
    await screen.findByText("Your draft is kept:");
    expect(screen.getByText("Too late")).toBeTruthy();
  });

  test("has each chat's draft, also after a reload", async () => {
    await ruthHoldsAnasChat();
    fireEvent.input(box(), { target: { value: "Let me che" } });
    cleanup();
    await ruthSitsDown();
    expect((await screen.findByLabelText<HTMLTextAreaElement>("Reply")).value).toBe("Let me che");
  });

  test("sees which chat has news, until she looks at it", async () => {
    queue = lists({ waiting: [], due: [], waiting_total: 0, mine: [queued({ state: "with_rep" }), queued({ id: "ben-1", customer_name: "Ben", state: "with_rep" })] });
    view = ruthsView({ state: "with_rep", yours: true });
    desk.on("GET /api/rep/conversations/ben-1", refusal(404, "not_found", "Nothing."));
    await ruthSitsDown();
    expect(row("Ben").closest(".item")!.className).toContain("unread");
    expect(document.title).toBe("(1) Baton console");
    fireEvent.keyDown(document, { key: "2", code: "Digit2", altKey: true });
    await waitFor(() => expect(row("Ben").closest(".item")!.className).not.toContain("unread"));
    expect(document.title).toBe("Baton console");
  });

  test("sees at once that another customer has written", async () => {
    queue = lists({ waiting: [], due: [], waiting_total: 0, mine: [queued({ state: "with_rep" }), queued({ id: "ben-1", customer_name: "Ben", state: "with_rep", head: 0 })] });
    view = ruthsView({ state: "with_rep", yours: true });
    localStorage.setItem("baton.console.r1.seen.ben-1", "2026-06-05T12:00:01Z");
    await ruthSitsDown();
    expect(row("Ben").closest(".item")!.className).not.toContain("unread");
    ScriptedSocket.latest.tell({ kind: "message", message: { ...fromAna(1, "Any news?"), conversation: "ben-1", created_at: "2026-06-05T12:09:00Z" } });
    await within(row("Ben") as HTMLElement).findByText("Any news?");
    expect(row("Ben").closest(".item")!.className).toContain("unread");
  });

  test("no longer sees a conversation that Sam has taken from the queue", async () => {
    await ruthSitsDown();
    fireEvent.click(row("Ana"));
    await screen.findByText("The customer asked for a person.");
    desk.on(`GET /api/rep/conversations/${TALK}`, refusal(404, "not_found", "Nothing.")).on(
      `POST /api/rep/conversations/${TALK}/claim`,
      refusal(409, "already_claimed", "Sam was quicker."),
    );
    fireEvent.click(within(screen.getByRole("main")).getByRole("button", { name: "Claim" }));
    await screen.findByText("Somebody else is helping this customer now.");
    expect(screen.queryByText("The customer asked for a person.")).toBeNull();
    expect(within(screen.getByRole("main")).queryByText("Where is it?")).toBeNull();
  });

  test("moves through the lists with J and K", async () => {
    queue = lists({ waiting: [queued(), queued({ id: "ben-1", customer_name: "Ben" })], mine: [], due: [], waiting_total: 2 });
    await ruthSitsDown();
    fireEvent.keyDown(document.body, { key: "j" });
    expect(document.activeElement).toBe(row("Ana"));
    fireEvent.keyDown(row("Ana"), { key: "j" });
    expect(document.activeElement).toBe(row("Ben"));
    fireEvent.keyDown(row("Ben"), { key: "k" });
    expect(document.activeElement).toBe(row("Ana"));
  });

  test("closes with a topic and a cause", async () => {
    desk.on(`POST /api/rep/conversations/${TALK}/close`, () => ok((view = ruthsView({ state: "closed", owner: { kind: "none", name: null, picture: null }, version: 3 }))));
    await ruthHoldsAnasChat();
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    fireEvent.change(screen.getByLabelText("What was it about?"), { target: { value: "late_delivery" } });
    fireEvent.input(screen.getByLabelText("What caused it?"), { target: { value: "Carrier lost it" } });
    fireEvent.submit(screen.getByLabelText("What caused it?").closest("form")!);
    await screen.findByText(/hasn't said yet whether it's solved/);
    expect(desk.to(`POST /api/rep/conversations/${TALK}/close`)[0]?.body).toEqual({ topic: "late_delivery", cause: "Carrier lost it" });
  });

  test("is back at signing in when her session ends", async () => {
    await ruthHoldsAnasChat();
    ScriptedSocket.latest.drop(4401);
    await screen.findByRole("button", { name: "Sign in" });
  });

  test("sees that nobody waits only once the desk has said so", async () => {
    queue = lists({ waiting: [], mine: [], due: [], waiting_total: 0 });
    const account = new Account();
    render(<App account={account} />);
    await account.look();
    await screen.findByRole("heading", { name: /Waiting/ });
    expect(screen.queryByText("Nobody is waiting.")).toBeNull();
    ScriptedSocket.latest.open();
    await screen.findByText("Nobody is waiting.");
  });
});

const card = {
  number: "A-104233",
  status: "late",
  placed_at: "2026-06-01T12:00:00Z",
  total_cents: 8440,
  currency: "GBP",
  items: [{ title: "Storm lantern", quantity: 1, price_cents: 8440 }],
  shipments: [],
  charges: [],
  refunds: [],
  returns: [],
  purchases: [],
  recent: ["A-104233"],
};
