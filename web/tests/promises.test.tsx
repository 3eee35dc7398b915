import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, describe, expect, test, vi } from "vitest";
import { callWords, shortWindow } from "../src/console/promise-words";
import { callDays } from "../src/shared/call-times";
import { browserStore } from "../src/shared/store";
import { App } from "../src/widget/App";
import { PartsContext } from "../src/widget/context";
import { Widget } from "../src/widget/start";
import { speak } from "../src/widget/languages";
import { statusOf } from "../src/widget/status";
import { strings } from "../src/widget/strings";
import type { CustomerView, PromiseMade, PromiseToKeep } from "../src/wire";
import { anasView, lists, message, promised, queued, ruthsView, TALK } from "./people";
import { Ruth } from "./ruth";
import { ok, refusal, ScriptedDesk } from "./scripted";

const PHONE = "+44 20 7946 0000";
const FROM = "2026-06-08T09:00:00.000Z";
const UNTIL = "2026-06-08T10:00:00.000Z";
const CALL: PromiseMade = { conversation: TALK, kind: "call_back", answers_message: false, phone: PHONE, from: FROM, until: UNTIL, due: false };

afterEach(() => {
  cleanup();
  localStorage.clear();
});

async function anaSees(view: CustomerView): Promise<ScriptedDesk> {
  const seen = { ...view, head: 1 };
  const desk = new ScriptedDesk()
    .on("POST /api/sessions", ok({ session: "s1", verified: true, name: "Ana", order_id: null, expires_at: "" }, 201))
    .on("GET /api/conversations/current", ok(seen))
    .on(`GET /api/conversations/${TALK}`, ok(seen))
    .on(`GET /api/conversations/${TALK}/messages`, ok({ messages: [message(1, "Hello.")], head: 1, version: 1, more: false }))
    .on(`GET /api/conversations/${TALK}/call-times`, ok({ open: [{ from: FROM, until: UNTIL }], shortest_minutes: 15 }));
  const widget = new Widget(browserStore("t."));
  render(
    <PartsContext.Provider value={{ widget, shut: vi.fn(), byLink: false }}>
      <App />
    </PartsContext.Provider>,
  );
  void widget.hear({ baton: "identity", token: null });
  void widget.hear({ baton: "open" });
  await screen.findByText("Hello.");
  await waitFor(() => expect(document.activeElement?.id).toBe("message"));
  return desk;
}

describe("Ana, who waits", () => {
  const waiting = anasView({ state: "waiting", place: 1 });

  test("asks for a call at a time of her choice", async () => {
    const desk = await anaSees(waiting);
    desk.on(`POST /api/conversations/${TALK}/call-back`, ok({ ...waiting, state: "promised", promise: CALL, version: 2, head: 1 }));
    fireEvent.click(screen.getByRole("button", { name: strings.callMe }));
    const phone = await screen.findByLabelText(strings.phone);
    expect(document.activeElement).toBe(phone);
    await screen.findByRole("option");
    fireEvent.input(phone, { target: { value: PHONE } });
    fireEvent.submit(phone.closest("form")!);
    await screen.findByRole("heading", { name: strings.promisedTitle });
    expect(desk.to(`POST /api/conversations/${TALK}/call-back`)[0]!.body).toEqual({ phone: PHONE, from: FROM, until: UNTIL, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  });

  test("is told where no time is free, instead of an empty list", async () => {
    const desk = await anaSees(waiting);
    desk.on(`GET /api/conversations/${TALK}/call-times`, ok({ open: [], shortest_minutes: 15 }));
    fireEvent.click(screen.getByRole("button", { name: strings.callMe }));
    await screen.findByText(strings.noCallTimes, { exact: false });
    fireEvent.click(screen.getByRole("button", { name: strings.cancel }));
    expect(screen.getByRole("button", { name: strings.leaveMessage })).toBeTruthy();
  });

  test("keeps what she typed when the number is refused", async () => {
    const desk = await anaSees(waiting);
    desk.on(`POST /api/conversations/${TALK}/call-back`, refusal(422, "bad_field", "Enter a phone number."));
    fireEvent.click(screen.getByRole("button", { name: strings.callMe }));
    const phone = await screen.findByLabelText<HTMLInputElement>(strings.phone);
    await screen.findByRole("option");
    fireEvent.input(phone, { target: { value: "12" } });
    fireEvent.submit(phone.closest("form")!);
    expect((await screen.findByRole("alert")).textContent).toBe("Enter a phone number.");
    expect(screen.getByLabelText<HTMLInputElement>(strings.phone).value).toBe("12");
  });

  test("leaves a message, and takes it back", async () => {
    const desk = await anaSees(waiting);
    const left = { ...CALL, kind: "message_left" as const, answers_message: true, phone: null };
    desk.on(`POST /api/conversations/${TALK}/leave-message`, ok({ ...waiting, state: "promised", promise: left, version: 2, head: 1 }));
    fireEvent.click(screen.getByRole("button", { name: strings.leaveMessage }));
    const words = await screen.findByLabelText(strings.messageLabel);
    fireEvent.input(words, { target: { value: "Please write." } });
    fireEvent.submit(words.closest("form")!);
    const back = await screen.findByRole("button", { name: strings.waitInstead });
    desk.on(`POST /api/conversations/${TALK}/take-back`, ok({ ...waiting, version: 3, head: 1 }));
    fireEvent.click(back);
    await screen.findByRole("heading", { name: strings.inLine });
    expect(desk.to(`POST /api/conversations/${TALK}/take-back`)[0]!.body).toEqual({ to: "queue" });
  });

  test("reads that her message has arrived, and by when the answer comes that Ruth has promised", () => {
    const until = new Date(UNTIL);
    const answer = { ...CALL, kind: "message_left" as const, phone: null, due: true };
    const detail = (answers_message: boolean) => statusOf(anasView({ state: "promised", promise: { ...answer, answers_message } })).detail;
    expect(detail(true)).toBe("Your message is with our team");
    expect(detail(false)).toBe(`We'll answer you by ${strings.day(until)}, ${strings.time(until)}`);
    speak("de");
    expect(detail(true)).toBe("Ihre Nachricht ist bei unserem Team");
    expect(detail(false)).toMatch(/^Wir antworten Ihnen bis Montag, 8. Juni, \d\d:00$/);
    speak("en");
  });

  test("reads when somebody is back", () => {
    const detail = statusOf({ ...waiting, reps_here: 0, opens_at: FROM }).detail;
    expect(detail).toBe(strings.closedUntil(strings.dayAndTime(new Date(FROM))));
  });
});

test("times to call go from now to full hours, and none is too short to call in", () => {
  const open = [{ from: "2026-06-08T09:40:00Z", until: "2026-06-08T12:10:00Z" }];
  const times = callDays({ open, shortest_minutes: 15 }, strings).flatMap((day) => day.times);
  expect(times.map(({ from, until }) => `${from.slice(11, 16)}-${until.slice(11, 16)}`)).toEqual(["09:40-11:00", "11:00-12:00"]);
});

describe("Ruth at the console", () => {
  const promise: PromiseToKeep = { ...promised({ from: FROM, until: UNTIL }), phone: PHONE, due: true, attempts: [] };

  test("claims what is due, sees the number and says how the call went", async () => {
    const ruth = new Ruth();
    ruth.queue = lists({ waiting: [], due: [queued({ state: "promised", promise })], mine: [], waiting_total: 0 });
    ruth.view = ruthsView({ state: "promised", promise });
    const held = () => ruthsView({ state: "with_rep", owner: { kind: "rep", name: "Ruth", picture: null }, yours: true, version: 2, promise });
    ruth.desk.on(`POST /api/rep/conversations/${TALK}/claim`, () => ok((ruth.view = held())));
    ruth.desk.on(`POST /api/rep/conversations/${TALK}/call-attempts`, () => ok((ruth.view = { ...held(), version: 3, promise: null })));
    await ruth.sitsDown();
    const due = within(screen.getByRole("region", { name: /Due/ }));
    expect(due.getByText(shortWindow(promise))).toBeTruthy();
    fireEvent.click(due.getByRole("button", { name: "Claim Ana" }));
    const panel = within(await screen.findByRole("region", { name: "Promised to this customer" }));
    expect(panel.getByText(PHONE)).toBeTruthy();
    expect(panel.getByText(callWords(promise))).toBeTruthy();
    fireEvent.input(panel.getByLabelText(/Note on the call/), { target: { value: "will write" } });
    fireEvent.click(panel.getByRole("button", { name: "Reached" }));
    await waitFor(() => expect(screen.queryByRole("region", { name: "Promised to this customer" })).toBeNull());
    expect(ruth.desk.to(`POST /api/rep/conversations/${TALK}/call-attempts`)[0]!.body).toEqual({ outcome: "reached", note: "will write" });
  });

  describe("promises a call for later", () => {
    const CALL_LATER = `POST /api/rep/conversations/${TALK}/call-later`;
    const times = { open: [{ from: FROM, until: UNTIL }], shortest_minutes: 15, phone: null as string | null };

    async function opensTheDialog(offered = times): Promise<Ruth> {
      const ruth = new Ruth();
      ruth.desk.on(`GET /api/rep/conversations/${TALK}/call-times`, ok(offered));
      await ruth.holdsAnasChat();
      fireEvent.click(screen.getByRole("button", { name: "Call later" }));
      await screen.findByRole("option", { name: /–/ });
      return ruth;
    }

    test("by the number that Ana gives her", async () => {
      const ruth = await opensTheDialog();
      ruth.desk.on(CALL_LATER, () => ok((ruth.view = ruthsView({ state: "promised", version: 3, promise: { ...promise, due: false } }))));
      fireEvent.input(screen.getByLabelText("Which number?"), { target: { value: PHONE } });
      fireEvent.input(screen.getByLabelText("Note for whoever calls"), { target: { value: "About the lamp." } });
      fireEvent.submit(screen.getByLabelText("Which number?").closest("form")!);
      await screen.findByText("Promised for later: it comes up under Due.");
      expect(ruth.desk.to(CALL_LATER)[0]!.body).toEqual({ phone: PHONE, from: FROM, until: UNTIL, note: "About the lamp." });
      expect(screen.queryByRole("dialog")).toBeNull();
    });

    test("by the number that is known, and reads why a time was refused", async () => {
      const ruth = await opensTheDialog({ ...times, phone: PHONE });
      ruth.desk.on(CALL_LATER, refusal(422, "bad_field", "That time has passed. Choose a later one."));
      const phone = screen.getByLabelText<HTMLInputElement>("Which number?");
      expect(phone.value).toBe(PHONE);
      fireEvent.submit(phone.closest("form")!);
      await within(screen.getByRole("dialog")).findByText("That time has passed. Choose a later one.");
      expect(phone.value).toBe(PHONE);
    });

    test("only while the desk is open some time in the next seven days", async () => {
      const ruth = new Ruth();
      ruth.desk.on(`GET /api/rep/conversations/${TALK}/call-times`, ok({ ...times, open: [] }));
      await ruth.holdsAnasChat();
      fireEvent.click(screen.getByRole("button", { name: "Call later" }));
      await screen.findByText("The desk is closed for the next seven days, so no call can be promised.");
      expect(screen.getByRole<HTMLButtonElement>("button", { name: "Promise the call" }).disabled).toBe(true);
    });
  });
});
