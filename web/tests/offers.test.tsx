import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { callWords, promiseWords, shortWindow } from "../src/console/promise-words";
import type { PromiseTold } from "../src/wire";
import { lists, promised, queued, ruthsView, TALK } from "./people";
import { press, Ruth } from "./ruth";
import { ok, refusal, ScriptedSocket } from "./scripted";

let ruth: Ruth;
beforeEach(() => void (ruth = new Ruth()));
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

const card = () => screen.getByRole("region", { name: /Take one/ });
const isGone = () => waitFor(() => expect(screen.queryByRole("region", { name: /Take one/ })).toBeNull());

describe("What Ruth is offered", () => {
  test("says who, what about and why, and is read out", async () => {
    ruth.isOffered();
    await ruth.sitsDown("Not now");
    expect(within(card()).getByText("Ana")).toBeTruthy();
    expect(within(card()).getByText("Because you are best at orders.")).toBeTruthy();
    expect(screen.getByText(/You are offered a chat with Ana\. Alt Y takes it/)).toBeTruthy();
  });

  test("is hers with one click, and the keyboard is in the box", async () => {
    ruth.isOffered();
    await ruth.sitsDown("Not now");
    fireEvent.click(within(card()).getByRole("button", { name: /Take it/ }));
    const box = await screen.findByLabelText("Reply");
    await waitFor(() => expect(document.activeElement).toBe(box));
    await isGone();
  });

  test("may be a promise: it says what was promised, and when", async () => {
    vi.setSystemTime(new Date(2026, 10, 30, 9, 0));
    const left = promised({ kind: "message_left", made_at: new Date(2026, 10, 29, 22, 10).toISOString() });
    ruth.isOffered({ chat: queued({ state: "promised", promise: left }) });
    await ruth.sitsDown("Not now");
    expect(within(card()).getByText("A message left last night at 22:10")).toBeTruthy();
    expect(within(card()).queryByText(/waits/)).toBeNull();
    expect(screen.getByText(/You are offered a message left last night at 22:10, by Ana\. Alt Y takes it/)).toBeTruthy();
  });

  test("goes at once when she lets it pass, and stays gone until the desk has heard", async () => {
    ruth.isOffered();
    await ruth.sitsDown("Not now");
    fireEvent.click(within(card()).getByRole("button", { name: /Not now/ }));
    await isGone();
    ScriptedSocket.latest.tell({ kind: "queue", queue: { ...ruth.queue } });
    await isGone();
  });

  test("that went to somebody else meanwhile is said so", async () => {
    ruth.isOffered();
    ruth.desk.on("POST /api/rep/offers/o1/accept", refusal(409, "not_possible_now", "That chat went to the next colleague meanwhile."));
    await ruth.sitsDown("Not now");
    fireEvent.click(screen.getByText("Ana", { selector: ".row-name" }));
    press("y", { altKey: true });
    await screen.findByText("That chat went to the next colleague meanwhile.");
  });

  test("is in the dialog that is open, and joins her list without touching it", async () => {
    await ruth.holdsAnasChat();
    fireEvent.click(screen.getByRole("button", { name: "Note" }));
    const note = await screen.findByRole("dialog", { name: "Leave a note" });
    fireEvent.input(within(note).getByRole("textbox"), { target: { value: "Half a note" } });
    ruth.isOffered({ chat: queued({ id: "ben-1", customer_name: "Ben" }) });
    ruth.desk.on("POST /api/rep/offers/o1/accept", ok(ruthsView({ id: "ben-1", yours: true, state: "with_rep" })));
    ScriptedSocket.latest.tell({ kind: "queue", queue: ruth.queue });
    fireEvent.click(await within(note).findByRole("button", { name: /Take it/ }));
    await isGone();
    expect(within(note).getByRole("textbox")).toHaveProperty("value", "Half a note");
  });

  test("counts by the browser's own clock from when it was first seen", async () => {
    ruth.isOffered({ seconds_left: 14 });
    await ruth.sitsDown("Not now");
    expect(within(card()).getByText(/^1[34] s$/)).toBeTruthy();
  });

  test("nothing happens by the keys while there is no offer", async () => {
    await ruth.sitsDown();
    press("y", { altKey: true });
    press("n", { altKey: true });
    expect(ruth.desk.to("POST /api/rep/offers")).toHaveLength(0);
  });
});

describe("Ruth's own state", () => {
  test("is how many chats need her, and that she is away until she is back", async () => {
    ruth.queue = lists({ waiting: [queued()], waiting_total: 1, you: { pushed: true, away_since: "2026-06-05T12:00:00Z", breather_until: null, load: 2, held: 3, capacity: 3 } });
    ruth.desk.on("POST /api/rep/back", { status: 204, body: null });
    await ruth.sitsDown();
    expect(screen.getByText("2 need you, room for 1")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "I’m back" }));
    await waitFor(() => expect(ruth.desk.to("POST /api/rep/back")).toHaveLength(1));
  });

  test("stepping away is one click", async () => {
    ruth.desk.on("POST /api/rep/away", { status: 204, body: null });
    await ruth.sitsDown();
    fireEvent.click(screen.getByRole("button", { name: "Step away" }));
    await waitFor(() => expect(ruth.desk.to("POST /api/rep/away")).toHaveLength(1));
  });
});

test("Why a chat came to Ruth stands beside it, and whom else it was offered to is a click away", async () => {
  ruth.holds();
  ruth.view = ruthsView({ ...ruth.view, why: "You were offered it because you are best at orders.", others_asked: true });
  ruth.desk.on(`GET /api/rep/conversations/${TALK}/reasons`, ok({ reasons: [{ at: "2026-06-05T12:00:00Z", text: "Sam let it pass." }], waits: null }));
  await ruth.sitsDown();
  await screen.findByText(/You were offered it because you are best at orders/);
  fireEvent.click(screen.getByRole("button", { name: "Who else was asked?" }));
  const dialog = await screen.findByRole("dialog", { name: "How this chat came here" });
  await within(dialog).findByText("Sam let it pass.");
});

test("Where nobody else was asked, nothing is said of others", async () => {
  ruth.holds();
  ruth.view = ruthsView({ ...ruth.view, why: "You claimed it yourself." });
  await ruth.sitsDown();
  await screen.findByText(/You claimed it yourself/);
  expect(screen.queryByRole("button", { name: "Who else was asked?" })).toBeNull();
});

test("Where no WebSocket gets through, what is offered is found by asking", async () => {
  await ruth.sitsDown();
  vi.useFakeTimers();
  ruth.isOffered();
  for (let failed = 0; failed < 3; failed += 1) {
    ScriptedSocket.latest.onclose?.({ code: 1006 });
    await vi.advanceTimersByTimeAsync(60_000);
  }
  vi.useRealTimers();
  expect(card()).toBeTruthy();
});

describe("A promise in words", () => {
  const at = new Date(2026, 10, 30, 14, 5).getTime();
  const made = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
  const promise = (more: Partial<PromiseTold>) => promised({ kind: "message_left", from: made(30, 14), until: made(30, 15), made_at: made(30, 9), ...more });
  const call = (more: Partial<PromiseTold> = {}) => promise({ kind: "call_back", ...more });

  test.each([
    [promise({}), "A message left today at 09:00"],
    [promise({ made_at: made(30, 2) }), "A message left last night at 02:00"],
    [promise({ made_at: made(29, 12) }), "A message left yesterday at 12:00"],
    [promise({ made_at: made(27, 12) }), "A message left on Friday 27 November at 12:00"],
    [promise({ asked_for: false }), "An answer promised today at 09:00"],
    [call(), "A call that Ana asked for between 14:00 and 15:00, your time"],
    [call({ asked_for: false, window: "agreed" }), "A call agreed with Ana between 14:00 and 15:00, your time"],
    [call({ window: "moved" }), "A call to Ana, once more, between 14:00 and 15:00, your time"],
  ])("%#: %o", (what, words) => {
    expect(promiseWords(what, "Ana", at)).toBe(words);
  });

  describe("says the time of a call on the customer's clock too, read in London", () => {
    beforeEach(() => void vi.stubEnv("TZ", "Europe/London"));
    afterEach(() => vi.unstubAllEnvs());
    const noon = Date.parse("2026-11-30T12:00:00Z");
    const asked = (time_zone: string | null, hour = "14") => promised({ time_zone, from: `2026-11-30T${hour}:00:00Z`, until: `2026-11-30T${hour}:30:00Z` });

    test.each([
      [asked("America/Los_Angeles"), "Asked to be called between 14:00 and 14:30 your time, 06:00 and 06:30 theirs", "14:00–14:30, 06:00–06:30 theirs"],
      [asked("Asia/Tokyo", "20"), "Asked to be called between 20:00 and 20:30 your time, 05:00 and 05:30 theirs (Tue 1 Dec)", "20:00–20:30, 05:00–05:30 theirs (Tue 1 Dec)"],
      [asked("Europe/Lisbon"), "Asked to be called between 14:00 and 14:30, your time and theirs", "14:00–14:30"],
      [asked("Mars/Olympus"), "Asked to be called between 14:00 and 14:30, your time", "14:00–14:30"],
    ])("%#", (what, words, short) => {
      expect(callWords(what, noon)).toBe(words);
      expect(shortWindow(what, noon)).toBe(short);
    });

    test("with its day, if that's another", () => {
      const yesterday = asked(null);
      expect(callWords(yesterday, noon + 86_400_000)).toBe("Asked to be called yesterday between 14:00 and 14:30, your time");
      expect(shortWindow(yesterday, noon + 86_400_000)).toBe("Mon 30 Nov, 14:00–14:30");
    });
  });
});
