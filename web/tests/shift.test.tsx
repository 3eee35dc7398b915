import { signal } from "@preact/signals";
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Desk } from "../src/console/desk";
import { ShiftWatch } from "../src/console/shift/shift";
import { endWords, standWords } from "../src/console/shift/ShiftBanner";
import type { Answer } from "../src/shared/ask";
import { browserStore } from "../src/shared/store";
import type { PromiseToKeep, Shift } from "../src/wire";
import { lists, promised, queued, TALK } from "./people";
import { Ruth, type } from "./ruth";
import { ok, refusal } from "./scripted";

const HAND_ON = `POST /api/rep/conversations/${TALK}/hand-on`;
const LATER = `POST /api/rep/conversations/${TALK}/answer-later`;
const CALL = `POST /api/rep/conversations/${TALK}/call-later`;
const ENDING: Shift = { site: "Kennewick", time_zone: "America/Los_Angeles", state: "ending", ends_at: "2026-12-01T02:00:00Z", begins_at: null, hours: [], days: [], look_again_s: 60, chats: [], went: [] };
const FROM = new Date(Date.now() + 3_600_000).toISOString();
const UNTIL = new Date(Date.now() + 7_200_000).toISOString();

let ruth: Ruth;
beforeEach(() => {
  ruth = new Ruth();
  ruth.shift = { ...ENDING, chats: [queued({ state: "with_rep", place: null })] };
  ruth.desk
    .on("GET /api/rep/colleagues", ok({ reps: [colleague("r2", "Sam"), { ...colleague("r3", "Zoe"), leaving: true }], teams: [], skills: [] }))
    .on(`GET /api/rep/conversations/${TALK}/call-times`, ok({ open: [{ from: FROM, until: UNTIL }], shortest_minutes: 15, phone: null }));
  [HAND_ON, LATER, CALL].forEach((route) => ruth.desk.on(route, () => gone()));
});
afterEach(cleanup);

function colleague(id: string, name: string) {
  return { id, name, presence: "here", free: 2, leaving: false, team: null, skills: [] };
}

/** The chat is no longer Ruth's. */
function gone() {
  ruth.view = { ...ruth.view, yours: false, state: "waiting", version: 3 };
  ruth.queue = lists({ waiting: [], mine: [], due: [], waiting_total: 0 });
  ruth.shift = { ...ENDING };
  return ok(ruth.view);
}

async function goesThroughThem(): Promise<HTMLElement> {
  await ruth.holdsAnasChat();
  fireEvent.click(await screen.findByRole("button", { name: "Go through them" }));
  return screen.findByRole("dialog", { name: "Before you go" });
}

const confirm = () => fireEvent.submit(screen.getByRole("dialog").querySelector("form")!);
const sent = (route: string) => ruth.desk.to(route).map((asked) => asked.body);

describe("the banner", () => {
  test("says when the shift ends on the site's clock, and how many chats need a next step", () => {
    expect(endWords(ENDING, 3)).toBe("Your shift ends at 18:00 (Kennewick). 3 chats need a next step.");
    expect(endWords(ENDING, 1)).toBe("Your shift ends at 18:00 (Kennewick). 1 chat needs a next step.");
    expect(endWords(ENDING, 0)).toBe("Your shift ends at 18:00 (Kennewick).");
    expect(endWords({ ...ENDING, state: "ended" }, 2)).toBe("Your shift ended at 18:00 (Kennewick). 2 chats need a next step.");
  });

  test("says until when Ruth works, and off, when she comes back", () => {
    const noon = Date.parse("2026-11-30T20:00:00Z");
    expect(standWords({ ...ENDING, state: "on" }, noon)).toBe("You work until 18:00 (Kennewick).");
    const back = { ...ENDING, state: "off", ends_at: null, begins_at: "2026-12-01T16:00:00Z" } as const;
    expect(standWords(back, noon)).toBe("You're off until Tue 1 Dec, 08:00 (Kennewick): nothing new is offered to you.");
    expect(standWords({ ...ENDING, state: "on", ends_at: "2026-12-03T02:00:00Z" }, noon)).toBeNull();
    expect(standWords(ENDING, noon)).toBeNull();
    expect(standWords({ ...back, begins_at: null }, noon)).toBeNull();
  });

  test("counts no chats in the middle of a shift, and is silent after one that's settled, and for whoever belongs to no site", async () => {
    expect(endWords({ ...ENDING, state: "on" }, 3)).toBeNull();
    expect(endWords({ ...ENDING, state: "ended" }, 0)).toBeNull();
    ruth.shift = null;
    await ruth.holdsAnasChat();
    expect(screen.queryByRole("region", { name: "Your shift" })).toBeNull();
  });

  test("tells of what went back to the line until Ruth has noted it, also after a reload", async () => {
    ruth.shift = { ...ENDING, state: "on", ends_at: null, went: [{ id: "7", conversation: "c7", customer_name: "Bob", at: FROM }] };
    await ruth.sitsDown();
    const told = "Your chat with Bob went back to the line, as your shift was over.";
    expect((await screen.findByRole("region", { name: "Your shift" })).textContent).toContain(told);
    fireEvent.click(screen.getByRole("button", { name: "All right" }));
    await waitFor(() => expect(screen.queryByRole("region", { name: "Your shift" })).toBeNull());
    cleanup();
    await ruth.sitsDown();
    await waitFor(() => expect(ruth.desk.to("GET /api/rep/shift").length).toBeGreaterThan(1));
    expect(screen.queryByText(told)).toBeNull();
  });
});

test("an answer that a rep promised is said to be one, also where the customer left no message", async () => {
  const promise: PromiseToKeep = { ...promised({ kind: "message_left", asked_for: false, window: "agreed", from: FROM, until: UNTIL }), phone: null, due: true, attempts: [] };
  ruth.holds();
  ruth.view = { ...ruth.view, promise };
  ruth.queue = lists({ waiting: [], mine: [queued({ state: "with_rep", place: null })], due: [queued({ id: "c2", customer_name: "Bob", state: "promised", promise: promised({ kind: "message_left" }) })], waiting_total: 0 });
  await ruth.sitsDown("Bob");
  expect((await screen.findByRole("region", { name: "Promised to this customer" })).textContent).toContain("They were promised an answer here.");
  expect(screen.getByText(/answer them$/)).toBeTruthy();
  expect(screen.queryByText(/left a message/)).toBeNull();
});

test("nothing is asked any more after Ruth has signed out, also where an answer was on its way", async () => {
  let answer: (read: Answer<Shift | null>) => void = () => undefined;
  const ask = () => new Promise<Answer<Shift | null>>((resolve) => (answer = resolve));
  const desk = { line: signal("closed"), queue: signal(lists({})), chats: signal(new Map()), ask } as unknown as Desk;
  const watch = new ShiftWatch(desk, browserStore("test."));
  vi.useFakeTimers();
  try {
    const stop = watch.start();
    const reading = watch.read();
    stop();
    answer({ kind: "ok", body: ENDING } as Answer<Shift | null>);
    await reading;
    expect(vi.getTimerCount()).toBe(0);
    expect(watch.now.value).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});

describe("Ruth goes through her chats", () => {
  test("and hands Ana to the line with the next step in words; without words she can't", async () => {
    const dialog = await goesThroughThem();
    expect(within(dialog).getByRole<HTMLButtonElement>("button", { name: "Hand on" }).disabled).toBe(true);
    type(screen.getByLabelText(/Next step/), "Ring the carrier.");
    confirm();
    await screen.findByRole("dialog", { name: "Every chat has a next step" });
    expect(sent(HAND_ON)).toEqual([{ next_step: "Ring the carrier.", to: null }]);
    fireEvent.click(screen.getByRole("button", { name: "Done" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  test("and hands her to Sam; Zoe's shift ends too, so she can't be chosen", async () => {
    await goesThroughThem();
    fireEvent.click(screen.getByLabelText("A colleague or a team goes on"));
    fireEvent.click(screen.getByLabelText("Who goes on?"));
    expect((await screen.findByRole("option", { name: "Zoe free, shift ends soon" })).getAttribute("aria-disabled")).toBe("true");
    type(screen.getByLabelText<HTMLInputElement>("Who goes on?"), "Sam");
    fireEvent.keyDown(screen.getByLabelText("Who goes on?"), { key: "Enter" });
    type(screen.getByLabelText(/Next step/), "Ring the carrier.");
    confirm();
    await waitFor(() => expect(sent(HAND_ON)).toEqual([{ next_step: "Ring the carrier.", to: { rep: "r2" } }]));
  });

  test("and promises an answer, or a call at a time when somebody is there", async () => {
    ruth.desk.on(LATER, refusal(503, "storage_unavailable", "Try again."));
    await goesThroughThem();
    fireEvent.click(screen.getByLabelText("Somebody answers here later"));
    type(screen.getByLabelText(/Next step/), "Ring the carrier.");
    confirm();
    await waitFor(() => expect(sent(LATER)).toEqual([{ next_step: "Ring the carrier." }]));
    await waitFor(() => expect(screen.getByRole("dialog").textContent).toContain("Try again."));
    fireEvent.click(screen.getByLabelText("Somebody calls them"));
    confirm();
    const dialog = await screen.findByRole("dialog", { name: "Call them later" });
    await waitFor(() => expect(dialog.querySelectorAll("optgroup option").length).toBeGreaterThan(0));
    type(screen.getByLabelText<HTMLInputElement>("Which number?"), "+44 20 7946 0000");
    expect(screen.getByLabelText<HTMLTextAreaElement>("Note for whoever calls").required).toBe(true);
    expect(screen.getByLabelText<HTMLTextAreaElement>("Note for whoever calls").value).toBe("Ring the carrier.");
    confirm();
    await screen.findByRole("dialog", { name: "Every chat has a next step" });
    expect(sent(CALL)).toMatchObject([{ phone: "+44 20 7946 0000", from: FROM, note: "Ring the carrier." }]);
  });

  test("and closes what is settled, with its topic and cause", async () => {
    await goesThroughThem();
    fireEvent.click(screen.getByLabelText("Nothing: it's settled"));
    expect(screen.queryByLabelText(/Next step/)).toBeNull();
    confirm();
    await screen.findByRole("dialog", { name: "Close this conversation" });
  });

  test("and keeps one that she'll finish herself", async () => {
    await goesThroughThem();
    fireEvent.click(screen.getByRole("button", { name: "I’ll finish this one myself" }));
    expect((await screen.findByRole("dialog", { name: "That's all" })).textContent).toContain("One chat stays with you as long as you write in it.");
    expect(sent(HAND_ON)).toEqual([]);
  });

  test("and what she has written is there when she comes back to it", async () => {
    await goesThroughThem();
    type(screen.getByLabelText(/Next step/), "Ring the");
    fireEvent.click(screen.getByRole("button", { name: "Not now" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    fireEvent.click(screen.getByRole("button", { name: "Go through them" }));
    expect((await screen.findByLabelText<HTMLTextAreaElement>(/Next step/)).value).toBe("Ring the");
  });
});
