import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { browserStore } from "../src/shared/store";
import { App } from "../src/widget/App";
import { PartsContext } from "../src/widget/context";
import { Widget } from "../src/widget/start";
import { strings } from "../src/widget/strings";
import { countUnread } from "../src/widget/unread";
import type { CustomerView, Message } from "../src/wire";
import { anasView, fromAna, fromRuth, message, TALK } from "./people";
import { ok, refusal, ScriptedDesk, ScriptedSocket } from "./scripted";

const GREETING = message(1, "Hello, I'm the shop's bot, not a person.");
let desk: ScriptedDesk;
let view: CustomerView;
let said: Message[];
const shut = vi.fn();

beforeEach(() => {
  localStorage.clear();
  view = anasView();
  said = [GREETING];
  desk = new ScriptedDesk()
    .on("POST /api/sessions", ok({ session: "s1", verified: true, name: "Ana", order_id: null, expires_at: "" }, 201))
    .on("DELETE /api/sessions/current", ok(null, 204))
    .on("GET /api/conversations/current", () => ok({ ...view, head: said.length }))
    .on(`GET /api/conversations/${TALK}`, () => ok({ ...view, head: said.length }))
    .on(`GET /api/conversations/${TALK}/messages`, ({ path }) => page(Number(path.split("=")[1])))
    .on(`POST /api/conversations/${TALK}/messages`, ({ body }) => {
      const stored = fromAna(said.length + 1, String(body.text ?? "Yes"), String(body.client_id));
      said.push(stored);
      return ok(stored, 201);
    });
});
afterEach(cleanup);

const page = (after: number) => ok({ messages: said.slice(after), head: said.length, version: view.version, more: false });

async function anaOpensTheChat() {
  const sockets = ScriptedSocket.all.length;
  const widget = new Widget(browserStore("t."));
  render(
    <PartsContext.Provider value={{ widget, shut }}>
      <App />
    </PartsContext.Provider>,
  );
  void widget.hear({ baton: "identity", token: null });
  void widget.hear({ baton: "open" });
  await screen.findByText(GREETING.text);
  await waitFor(() => expect(ScriptedSocket.all.length).toBeGreaterThan(sockets));
  ScriptedSocket.latest.open();
  return widget;
}
const box = () => screen.getByLabelText<HTMLTextAreaElement>(strings.message);
function anaWrites(text: string) {
  fireEvent.input(box(), { target: { value: text } });
  fireEvent.keyDown(box(), { key: "Enter" });
}
const line = (text: string) => screen.getByText(text).closest("li")!;

describe("Ana in the widget", () => {
  test("sees that a bot speaks, and has a person one click away", async () => {
    desk.on(`POST /api/conversations/${TALK}/person`, () => {
      view = anasView({ state: "waiting", owner: { kind: "queue", name: null, picture: null }, place: 2, version: 2 });
      return ok(view);
    });
    await anaOpensTheChat();
    expect(within(line(GREETING.text)).getByText(strings.bot)).toBeTruthy();
    fireEvent.click(screen.getByText(strings.talkToPerson));
    await screen.findByText("You're number 2 in line");
    expect(screen.getByText(strings.stopWaiting)).toBeTruthy();
  });

  test("begins a conversation when she opens the chat for the first time, without asking for what isn't there", async () => {
    desk.on("GET /api/conversations/current", ok(null)).on("POST /api/conversations", () => ok(view, 201));
    await anaOpensTheChat();
    expect(desk.to("POST /api/conversations")).toHaveLength(1);
    expect(desk.to("GET /api/conversations/current")).toHaveLength(1);
    expect(box()).toBeTruthy();
  });

  test("sees her message at once, as being sent, then as sent, once", async () => {
    let answer: () => void = () => undefined;
    const store = desk.routes.get(`POST /api/conversations/${TALK}/messages`)!;
    desk.on(`POST /api/conversations/${TALK}/messages`, async (asked) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return store(asked);
    });
    await anaOpensTheChat();
    anaWrites("Where is it?");
    expect(within(line("Where is it?")).getByText(strings.sending)).toBeTruthy();
    expect(box().value).toBe("");
    await waitFor(() => expect(desk.to("POST /api/conversations/ana-1/messages")).toHaveLength(1));
    answer();
    await waitFor(() => expect(screen.queryByText(strings.sending)).toBeNull());
    ScriptedSocket.latest.tell({ kind: "message", message: said[1]! });
    expect(screen.getAllByText("Where is it?")).toHaveLength(1);
  });

  test("ends a word of an input method with Enter without sending", async () => {
    await anaOpensTheChat();
    fireEvent.input(box(), { target: { value: "こん" } });
    fireEvent.keyDown(box(), { key: "Enter", isComposing: true });
    expect(box().value).toBe("こん");
    expect(desk.to("POST /api/conversations/ana-1/messages")).toHaveLength(0);
  });

  test("is told why a message was refused, and gets it back to edit", async () => {
    desk.on(`POST /api/conversations/${TALK}/messages`, refusal(422, "bad_character", "The text holds a character that can't be stored."));
    await anaOpensTheChat();
    anaWrites("bad");
    await screen.findByText(/can't be stored/);
    fireEvent.click(screen.getByText(strings.edit));
    expect(box().value).toBe("bad");
    expect(screen.queryByText(/can't be stored/)).toBeNull();
  });

  test("sees text as text, whatever it looks like", async () => {
    await anaOpensTheChat();
    const attack = '<img src=x onerror="window.hit=1"><script>window.hit=1</script> javascript:alert(1)';
    ScriptedSocket.latest.tell({ kind: "message", message: fromRuth(2, attack) });
    expect(await screen.findByText(attack)).toBeTruthy();
    expect(document.querySelector(".log img, .log script, .log a")).toBeNull();
  });

  test("may press a button once, and only on the latest message", async () => {
    said.push(message(2, "Did that help?", { buttons: [{ id: "b1", title: "Yes" }, { id: "b2", title: "No" }] }));
    await anaOpensTheChat();
    const yes = screen.getByText("Yes").closest("button")!;
    expect(yes.disabled).toBe(false);
    fireEvent.click(yes);
    fireEvent.click(yes);
    await waitFor(() => expect(said).toHaveLength(3));
    expect(desk.to("POST /api/conversations/ana-1/messages").map(({ body }) => body.button)).toEqual(["b1"]);
    expect(screen.getByText("No").closest("button")!.disabled).toBe(true);
  });

  test("gets what a lost push left out", async () => {
    await anaOpensTheChat();
    said.push(fromRuth(2, "first"), fromRuth(3, "second"));
    ScriptedSocket.latest.tell({ kind: "message", message: said[2]! });
    await screen.findByText("first");
    expect(screen.getByText("second")).toBeTruthy();
  });

  test("gets what the heartbeat tells of", async () => {
    await anaOpensTheChat();
    said.push(fromRuth(2, "you missed this"));
    ScriptedSocket.latest.tell({ kind: "beat", conversation: TALK, head: 2, version: 1 });
    await screen.findByText("you missed this");
  });

  test("gets what was said while she was away, when she comes back", async () => {
    await anaOpensTheChat();
    said.push(fromRuth(2, "said meanwhile"));
    window.dispatchEvent(new Event("focus"));
    await screen.findByText("said meanwhile");
  });

  test("isn't set back by an older state that comes late", async () => {
    await anaOpensTheChat();
    const withRuth = anasView({ state: "with_rep", owner: { kind: "rep", name: "Ruth", picture: null }, version: 5 });
    ScriptedSocket.latest.tell({ kind: "state", conversation: withRuth });
    ScriptedSocket.latest.tell({ kind: "state", conversation: anasView({ state: "waiting", version: 4 }) });
    expect(await screen.findByRole("heading", { name: "Ruth" })).toBeTruthy();
  });

  test("answers the closing question, and changes her mind", async () => {
    view = anasView({ state: "closed", can_vote: true, can_reopen: true });
    said.push(message(2, "Did we solve your problem?", { kind: "vote", author: { kind: "desk", name: null } }));
    desk.on(`PUT /api/conversations/${TALK}/vote`, ({ body }) => {
      view = { ...view, vote: body.solved as boolean, version: view.version + 1 };
      return ok(view);
    });
    await anaOpensTheChat();
    fireEvent.click(screen.getByText(strings.solvedNo));
    await waitFor(() => expect(screen.getByText(strings.solvedNo).getAttribute("aria-pressed")).toBe("true"));
    fireEvent.click(screen.getByText(strings.solvedYes));
    await waitFor(() => expect(screen.getByText(strings.solvedYes).getAttribute("aria-pressed")).toBe("true"));
    expect(screen.getByText(strings.solvedNo).getAttribute("aria-pressed")).toBe("false");
  });

  test("sees that the bot has closed the chat, is asked whether it's solved, and may reopen it", async () => {
    await anaOpensTheChat();
    said.push(message(2, "You're welcome."), message(3, "This chat is closed now.", { kind: "event", author: { kind: "desk", name: null } }));
    said.push(message(4, "Did we solve your problem?", { kind: "vote", author: { kind: "desk", name: null } }));
    view = anasView({ state: "closed", owner: { kind: "none", name: null, picture: null }, can_vote: true, can_reopen: true, version: 2, head: 4 });
    said.slice(1).forEach((each) => ScriptedSocket.latest.tell({ kind: "message", message: each }));
    ScriptedSocket.latest.tell({ kind: "state", conversation: view });
    expect(await screen.findByRole("heading", { name: strings.closed })).toBeTruthy();
    expect(screen.getByText<HTMLButtonElement>(strings.solvedYes).disabled).toBe(false);
    expect(screen.getByText(strings.reopen)).toBeTruthy();
    expect(screen.queryByLabelText(strings.message)).toBeNull();
    expect(screen.queryByText(strings.talkToPerson)).toBeNull();
  });

  test("reopens a closed chat, or starts a new one", async () => {
    view = anasView({ state: "closed", can_reopen: true });
    desk.on(`POST /api/conversations/${TALK}/reopen`, () => ok((view = anasView({ state: "waiting", place: 1, version: 2 }))));
    await anaOpensTheChat();
    expect(screen.getByText(strings.startNew)).toBeTruthy();
    expect(screen.queryByLabelText(strings.message)).toBeNull();
    fireEvent.click(screen.getByText(strings.reopen));
    await screen.findByText(strings.waitingFirst);
    expect(box()).toBeTruthy();
  });

  test("finds her unfinished words after a reload", async () => {
    await anaOpensTheChat();
    fireEvent.input(box(), { target: { value: "half a sent" } });
    cleanup();
    await anaOpensTheChat();
    expect(box().value).toBe("half a sent");
  });

  test("leaves nothing on the screen when she signs out of the shop", async () => {
    const widget = await anaOpensTheChat();
    fireEvent.input(box(), { target: { value: "half a sent" } });
    await widget.hear({ baton: "logout" });
    await screen.findByText(strings.leftShop);
    expect(screen.queryByText(GREETING.text)).toBeNull();
    expect(localStorage.length).toBe(0);
    expect(desk.to("DELETE /api/sessions/current")).toHaveLength(1);
  });

  test("shuts the chat with Escape", async () => {
    await anaOpensTheChat();
    fireEvent.keyDown(document, { key: "Escape" });
    expect(shut).toHaveBeenCalledOnce();
  });

  test("sees who is typing, until they have spoken", async () => {
    await anaOpensTheChat();
    ScriptedSocket.latest.tell({ kind: "typing", conversation: TALK, who: { kind: "rep", name: "Ruth" } });
    await screen.findByText(strings.typing("Ruth"));
    ScriptedSocket.latest.tell({ kind: "message", message: fromRuth(2, "Hello") });
    await waitFor(() => expect(screen.queryByText(strings.typing("Ruth"))).toBeNull());
  });

  test("sees on the launcher what came while the chat was shut", async () => {
    const widget = await anaOpensTheChat();
    const counts: number[] = [];
    countUnread(widget, browserStore("t."), (count) => counts.push(count));
    void widget.hear({ baton: "hidden" });
    ScriptedSocket.latest.tell({ kind: "message", message: fromRuth(2, "Hello") });
    await waitFor(() => expect(counts.at(-1)).toBe(1));
    void widget.hear({ baton: "open" });
    await waitFor(() => expect(counts.at(-1)).toBe(0));
  });
});
