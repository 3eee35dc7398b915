import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { browserStore } from "../src/shared/store";
import { App } from "../src/widget/App";
import { PartsContext } from "../src/widget/context";
import { Preview } from "../src/widget/preview";
import { Widget } from "../src/widget/start";
import { strings } from "../src/widget/strings";
import { german } from "../src/widget/strings.de";
import type { ClientFrame, CustomerView } from "../src/wire";
import { anasView, fromAna, message, TALK } from "./people";
import { Ruth } from "./ruth";
import { ok, ScriptedDesk, ScriptedSocket } from "./scripted";

const WITH_RUTH: Partial<CustomerView> = { state: "with_rep", owner: { kind: "rep", name: "Ruth", picture: null } };
const TOLD = "Ruth sees what you type before you send it.";
const sent = () => ScriptedSocket.latest.sent.filter((frame): frame is Extract<ClientFrame, { kind: "preview" }> => frame.kind === "preview");

describe("what Ana types", () => {
  let view: CustomerView;
  const asked: string[] = [];
  let desk: ScriptedDesk;

  beforeEach(() => {
    localStorage.clear();
    asked.length = 0;
    view = anasView(WITH_RUTH);
    const greeting = message(1, "Hello, I'm the shop's bot.");
    desk = new ScriptedDesk()
      .on("POST /api/sessions", ok({ session: "s1", verified: true, name: "Ana", order_id: null, expires_at: "" }, 201))
      .on("GET /api/conversations/current", () => ok({ ...view, head: 1 }))
      .on(`GET /api/conversations/${TALK}`, () => ok({ ...view, head: 1 }))
      .on(`GET /api/conversations/${TALK}/messages`, ok({ messages: [greeting], head: 1, version: 1, more: false }))
      .on(`POST /api/conversations/${TALK}/messages`, ({ body }) => ok(fromAna(2, String(body.text), String(body.client_id)), 201));
  });
  afterEach(cleanup);

  async function opensTheChat() {
    const sockets = ScriptedSocket.all.length;
    const widget = new Widget(browserStore("t."));
    render(
      <PartsContext.Provider value={{ widget, shut: vi.fn() }}>
        <App />
      </PartsContext.Provider>,
    );
    void widget.hear({ baton: "identity", token: null });
    void widget.hear({ baton: "open" });
    await screen.findByText("Hello, I'm the shop's bot.");
    await waitFor(() => expect(ScriptedSocket.all.length).toBeGreaterThan(sockets));
    ScriptedSocket.latest.open();
  }
  const box = () => screen.getByLabelText<HTMLTextAreaElement>(strings.message);
  const types = (text: string) => fireEvent.input(box(), { target: { value: text } });

  test("doesn't leave the browser while the preview is off, however long it stands there", async () => {
    await opensTheChat();
    vi.useFakeTimers();
    types("Xylophone");
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(JSON.stringify(ScriptedSocket.all.map((socket) => socket.sent))).not.toContain("Xylophone");
    expect(JSON.stringify(desk.asked)).not.toContain("Xylophone");
    expect(screen.queryByText(TOLD)).toBeNull();
  });

  test("goes to Ruth once it's on, which Ana is told; only the newest, and nothing once it's sent", async () => {
    view = anasView({ ...WITH_RUTH, preview: true });
    await opensTheChat();
    await screen.findByText(TOLD);
    vi.useFakeTimers();
    types("Wh");
    types("Where");
    vi.advanceTimersByTime(1_000);
    vi.useRealTimers();
    expect(sent().map((frame) => frame.text)).toEqual(["Where"]);
    fireEvent.keyDown(box(), { key: "Enter" });
    expect(sent().map((frame) => frame.text)).toEqual(["Where", ""]);
  });

  test("stays here from the moment it's turned off, also what was about to go", async () => {
    view = anasView({ ...WITH_RUTH, preview: true });
    await opensTheChat();
    await screen.findByText(TOLD);
    vi.useFakeTimers();
    types("Where");
    ScriptedSocket.latest.tell({ kind: "state", conversation: anasView({ ...WITH_RUTH, version: 2 }) });
    vi.advanceTimersByTime(1_000);
    vi.useRealTimers();
    expect(sent()).toEqual([]);
    await waitFor(() => expect(screen.queryByText(TOLD)).toBeNull());
  });
});

test("of a long text the first 2,000 characters go, none cut in half", () => {
  vi.useFakeTimers();
  const heard: string[] = [];
  new Preview(() => true, (text) => heard.push(text)).change("😀".repeat(2_500));
  vi.advanceTimersByTime(1_000);
  vi.useRealTimers();
  expect(heard).toEqual(["😀".repeat(2_000)]);
});

test("the customer is told in German too", () => {
  expect(german.previewed?.("Ruth")).toBe("Ruth sieht schon vor dem Senden, was Sie schreiben.");
});

describe("Ruth at the console", () => {
  afterEach(cleanup);
  const shown = () => screen.queryByLabelText("Not sent yet")?.textContent ?? "";

  test("sees it under the transcript until it's sent or the line is lost", async () => {
    const ruth = new Ruth();
    await ruth.holdsAnasChat();
    ScriptedSocket.latest.tell({ kind: "preview", conversation: TALK, text: "And when will" });
    await waitFor(() => expect(shown()).toContain("And when will"));
    ruth.said.push(fromAna(2, "And when will it come?"));
    ScriptedSocket.latest.tell({ kind: "message", message: fromAna(2, "And when will it come?") });
    await waitFor(() => expect(shown()).toBe(""));
    ScriptedSocket.latest.tell({ kind: "preview", conversation: TALK, text: "Please" });
    await waitFor(() => expect(shown()).toContain("Please"));
    ScriptedSocket.latest.drop();
    await waitFor(() => expect(shown()).toBe(""));
  });
});
