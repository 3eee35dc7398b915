import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { settingsIn, USUAL } from "../src/console/alerts/settings";
import { startClock } from "../src/shared/clock";
import type { You } from "../src/wire";
import { fromAna, lists, promised, queued, ruthsView, TALK } from "./people";
import { press, Ruth } from "./ruth";
import { ok, ScriptedSocket } from "./scripted";

/** What the browser was told to show. */
class Shown {
  static permission: NotificationPermission = "default";
  static answer: NotificationPermission = "granted";
  static asked = 0;
  static all: Shown[] = [];
  onclick: (() => void) | null = null;
  closed = false;

  constructor(
    readonly title: string,
    readonly options: NotificationOptions,
  ) {
    Shown.all.push(this);
  }

  static requestPermission(): Promise<NotificationPermission> {
    Shown.asked += 1;
    return Promise.resolve((Shown.permission = Shown.answer));
  }

  close(): void {
    this.closed = true;
  }
}

let tones = 0;
const node = () => ({ connect: (next: unknown) => next, frequency: {}, gain: { setValueAtTime: vi.fn(), exponentialRampToValueAtTime: vi.fn() }, start: () => (tones += 1), stop: vi.fn() });

let ruth: Ruth;
beforeEach(async () => {
  tones = 0;
  Object.assign(Shown, { permission: "default", answer: "granted", asked: 0, all: [] });
  vi.stubGlobal("Notification", Shown);
  vi.stubGlobal("AudioContext", class {
    resume = vi.fn();
    createOscillator = node;
    createGain = node;
  });
  ruth = new Ruth();
  ruth.view = ruthsView({ state: "with_rep", yours: true });
  ruth.queue = { ...ruth.queue, waiting: [], waiting_total: 0, mine: [queued({ state: "with_rep" }), queued({ id: "ben-1", customer_name: "Ben", state: "with_rep" })] };
  ruth.desk.on("GET /api/rep/conversations/ben-1", ok(ruthsView({ id: "ben-1", state: "with_rep", yours: true })));
  ruth.desk.on("GET /api/rep/conversations/ben-1/messages", ok({ messages: [], head: 0, version: 1, more: false }));
  await ruth.sitsDown();
  await screen.findByLabelText("Reply");
});
afterEach(() => act(cleanup)); // what the console does when it goes, it does before the next one comes

const says = (conversation: string, text: string, seq = 5) =>
  void act(() => ScriptedSocket.latest.tell({ kind: "message", message: { ...fromAna(seq, text), conversation, created_at: `2026-06-05T12:09:0${seq}Z` } }));
const dialog = () => screen.findByRole("dialog", { name: "Alerts" });
const switchOf = (name: RegExp) => screen.getByLabelText<HTMLInputElement>(name);

async function opensAlerts(): Promise<void> {
  (document.activeElement as HTMLElement).blur();
  press("a");
  await dialog();
}

describe("Ruth, who reads Ana's chat", () => {
  test("hears that Ben has written, and not that Ana has", async () => {
    fireEvent.pointerDown(document.body);
    says(TALK, "Still here");
    says("ben-1", "Any news?");
    await waitFor(() => expect(tones).toBe(2)); // one chime has two notes
  });

  test("hears nothing once she has turned the sound off, and can try it before", async () => {
    fireEvent.pointerDown(document.body);
    await opensAlerts();
    fireEvent.click(screen.getByRole("button", { name: "Play a test" }));
    expect(tones).toBe(2);
    fireEvent.click(switchOf(/Sound/));
    fireEvent.click(switchOf(/Notification on the desktop/));
    await waitFor(() => expect(switchOf(/Notification on the desktop/).checked).toBe(true));
    says("ben-1", "Any news?");
    await waitFor(() => expect(Shown.all).toHaveLength(1));
    expect(tones).toBe(2);
  });

  test("is shown a notification without Ben's words, which opens his chat", async () => {
    expect(Shown.asked).toBe(0);
    await opensAlerts();
    fireEvent.click(switchOf(/Notification on the desktop/));
    await waitFor(() => expect(switchOf(/Notification on the desktop/).checked).toBe(true));
    expect(Shown.asked).toBe(1);
    says("ben-1", "My card is 4111");
    await waitFor(() => expect(Shown.all).toHaveLength(1));
    expect([Shown.all[0]!.title, Shown.all[0]!.options.body]).toEqual(["Ben has written", "Late delivery"]);
    void act(() => Shown.all[0]!.onclick!());
    await screen.findByRole("heading", { level: 1, name: /Ana/ }); // the scripted view's name
    expect(Shown.all[0]!.closed).toBe(true);
    expect(ruth.desk.to("GET /api/rep/conversations/ben-1").length).toBeGreaterThan(0);
  });

  test("reads his words in it if she chose to", async () => {
    await opensAlerts();
    fireEvent.click(switchOf(/Notification on the desktop/));
    fireEvent.click(await screen.findByLabelText(/Show the customer’s words/));
    says("ben-1", "Any news?");
    await waitFor(() => expect(Shown.all.map((each) => each.options.body)).toEqual(["Any news?"]));
  });

  test("is told when the browser allows none, and it stays off", async () => {
    Shown.answer = "denied";
    await opensAlerts();
    fireEvent.click(switchOf(/Notification on the desktop/));
    await screen.findByText(/doesn't let this page show any/);
    expect(switchOf(/Notification on the desktop/).checked).toBe(false);
    says("ben-1", "Any news?");
    await screen.findByText("Any news?");
    expect(Shown.all).toEqual([]);
  });

  test("isn't alerted of what she has turned off", async () => {
    fireEvent.pointerDown(document.body);
    await opensAlerts();
    fireEvent.click(switchOf(/A customer writes/));
    says("ben-1", "Any news?");
    await screen.findByText("Any news?");
    expect(tones).toBe(0);
  });

  test("may have the number taken out of the tab's title", async () => {
    expect(document.title).toBe("(1) Baton console");
    await opensAlerts();
    fireEvent.click(switchOf(/title/));
    expect(document.title).toBe("Baton console");
  });

  const cleosCall = queued({ id: "cleo-1", customer_name: "Cleo", state: "promised", promise: promised({ from: "2026-06-05T12:09:00Z" }) });
  const isDue = (due = [cleosCall], you: Partial<You> = {}) =>
    void act(() => ScriptedSocket.latest.tell({ kind: "queue", queue: { ...ruth.queue, due, you: { ...lists().you, ...you } } }));

  test("reads in the tab's title that a call is due, until somebody sees to it", () => {
    isDue();
    expect(document.title).toBe("(2) Call due · Baton console");
    isDue([]);
    expect(document.title).toBe("(1) Baton console");
  });

  test("finds an answer that is due in the number", () => {
    isDue([{ ...cleosCall, promise: promised({ kind: "message_left" }) }]);
    expect(document.title).toBe("(2) Baton console");
  });

  test("isn't bothered with what is due while she is away, nor on a breather until it ends", () => {
    isDue([cleosCall], { away_since: "2026-06-05T12:00:00Z" });
    expect(document.title).toBe("(1) Baton console");
    vi.useFakeTimers();
    const stop = startClock();
    isDue([cleosCall], { breather_until: new Date(Date.now() + 5000).toISOString() });
    void act(() => void vi.advanceTimersByTime(4000));
    expect(document.title).toBe("(1) Baton console");
    void act(() => void vi.advanceTimersByTime(2000));
    expect(document.title).toBe("(2) Call due · Baton console");
    stop();
    vi.useRealTimers();
  });

  test("finds no due promise in the title once she wants no alerts of them", async () => {
    isDue();
    await opensAlerts();
    fireEvent.click(switchOf(/promised call or answer/));
    expect(document.title).toBe("(1) Baton console");
  });

  test("changes them in one tab for all", async () => {
    await opensAlerts();
    localStorage.setItem("baton.console.alerts", JSON.stringify({ ...USUAL, sound: false }));
    void act(() => void dispatchEvent(new StorageEvent("storage", { key: "baton.console.alerts" })));
    await waitFor(() => expect(switchOf(/Sound/).checked).toBe(false));
  });
});

test.each([null, "on", [], { sound: "loud" }, { other: 1 }])("settings that were damaged to %j are as usual", (kept) => {
  expect(settingsIn(kept)).toEqual(USUAL);
});

test("what was kept of the settings counts, the rest is as usual", () => {
  expect(settingsIn({ sound: false, desktop: 1 })).toEqual({ ...USUAL, sound: false });
});
