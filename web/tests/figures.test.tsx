import axe from "axe-core";
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Account } from "../src/console/account";
import { App } from "../src/console/App";
import { besideWords, interval, percent, rangeWords, time, voteWords } from "../src/console/figures/words";
import { figures, row } from "./figures-of-a-week";
import { lists } from "./people";
import { ok, refusal, ScriptedDesk } from "./scripted";

configure({ asyncUtilTimeout: 10_000 }); // a busy machine needs longer for a page of tables
let desk: ScriptedDesk;

beforeEach(() => {
  localStorage.clear();
  location.hash = "#figures";
  dispatchEvent(new Event("hashchange"));
  desk = new ScriptedDesk()
    .on("GET /api/rep/me", ok({ rep: { id: "l1", name: "lena", display_name: "Lena", role: "lead" }, csrf: "token" }))
    .on("GET /api/rep/queue", ok(lists({ waiting: [], mine: [], due: [], waiting_total: 0 })))
    .on("GET /api/rep/figures", ok(figures))
    .on("GET /api/rep/closed", ok({ chats: [], older_than: null }));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function lenaLooks() {
  const account = new Account();
  render(<App account={account} />);
  await account.look();
}
const cells = (name: string) => within(screen.getByRole("rowheader", { name }).closest("tr")!).getAllByRole("cell").map((cell) => cell.textContent.trim());

test("Lena reads the rate with its interval, and what it leaves out", async () => {
  await lenaLooks();
  await screen.findByText("2 of 40 votes were “no”. 10 (20 %) closed without a vote.");
  expect(screen.getByText("between 1–17 %")).toBeTruthy();
  expect(cells("Late delivery")).toEqual(["5 %", "1–17 %", "40", "1", "10 (20 %)", "3 (38 %)"]);
  expect(cells("No topic")).toEqual(["–", "–", "0", "under 30 votes", "10 (20 %)", "3 (38 %)"]);
  expect(cells("Sam")[3]).toBe("under 30 votes");
  expect(cells("Orders and returns").slice(0, 4)).toEqual(["30", "45 s", "4 min", "17 %"]);
  expect(screen.getByText(/Of the last 200 who were told a range, 81 % waited no longer/)).toBeTruthy();
});

test("Lena reads what causes a topic, whether there's more of it, and what reps wrote in other words", async () => {
  await lenaLooks();
  await screen.findByText("40 with a cause, 22 in as long a time before");
  expect(cells("Carrier was late")).toEqual(["30", "75 %", "60–86 %", "10", "More often", "10 %", "3–25 %", "31", "1"]);
  expect(cells("Weather")).toEqual(["6", "15 %", "7–29 %", "7", "No clear change", "–", "–", "0", "under 30 votes"]);
  expect(cells("In other words").at(-1)).toBe("–");
  expect(screen.getByText("the van broke down").parentElement!.textContent).toBe("the van broke down 3");
});

test("Lena reads whether promises were kept", async () => {
  await lenaLooks();
  await screen.findByRole("heading", { name: "Promises" });
  expect(cells("Calls back")).toEqual(["10", "80 %", "49–94 %", "6 (60 %)", "31–83 %", "2", "1", "1", "0", "2", "3"]);
});

test("Lena chooses another period", async () => {
  await lenaLooks();
  fireEvent.click(await screen.findByLabelText("28 days"));
  await waitFor(() => expect(desk.to("GET /api/rep/figures").map((asked) => asked.path.split("=")[1])).toEqual(["7_days", "28_days"]));
});

test("Lena is told when the figures can't be had, and asks again", async () => {
  desk.on("GET /api/rep/figures", refusal(503, "storage_unavailable", "We can't reach our records."));
  await lenaLooks();
  await screen.findByText("We can't reach our records.");
  desk.on("GET /api/rep/figures", ok(figures));
  fireEvent.click(screen.getByRole("button", { name: "Refresh" }));
  await screen.findByText("By topic");
});

test("what Lena reads is read again each minute and when she comes back, and says how old it is", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"], now: new Date(2026, 5, 12, 14, 5) });
  const times = () => desk.to("GET /api/rep/figures").length;
  const read_at = (minute: number) => new Date(2026, 5, 12, 14, minute).toISOString();
  desk.on("GET /api/rep/figures", ok({ ...figures, read_at: read_at(4) }));
  await lenaLooks();
  await screen.findByText("Read at 14:04, renewed each minute");
  expect(times()).toBe(1);
  desk.on("GET /api/rep/figures", ok({ ...figures, read_at: read_at(6) }));
  vi.advanceTimersByTime(60_000);
  await screen.findByText("Read at 14:06, renewed each minute");
  expect(times()).toBe(2);
  desk.on("GET /api/rep/figures", refusal(503, "storage_unavailable", "We can't reach our records."));
  vi.advanceTimersByTime(60_000);
  await screen.findByText("We can't reach our records.");
  expect(screen.getByText("Read at 14:06, renewed each minute")).toBeTruthy();
  expect(screen.getByText("By topic")).toBeTruthy();
  dispatchEvent(new Event("focus"));
  await waitFor(() => expect(times()).toBe(4));
});

test("figures that take the desk long are read again less often, but at once when Lena asks", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  const times = () => desk.to("GET /api/rep/figures").length;
  desk.on("GET /api/rep/figures", () => {
    vi.setSystemTime(Date.now() + 10_000); // 200 s of rest
    return ok(figures);
  });
  await lenaLooks();
  await screen.findByText("By topic");
  vi.advanceTimersByTime(180_000);
  expect(times()).toBe(1);
  fireEvent.click(screen.getByRole("button", { name: "Refresh" }));
  await waitFor(() => expect(times()).toBe(2));
  vi.advanceTimersByTime(240_000);
  await waitFor(() => expect(times()).toBe(3));
});

test("while nobody sees the page, nothing is asked", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  await lenaLooks();
  await screen.findByText("By topic");
  const hidden = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  vi.advanceTimersByTime(300_000);
  expect(desk.to("GET /api/rep/figures").length).toBe(1);
  hidden.mockReturnValue("visible");
  vi.advanceTimersByTime(60_000);
  await waitFor(() => expect(desk.to("GET /api/rep/figures").length).toBe(2));
});

test("with nothing closed, Lena reads a sentence and no zeros", async () => {
  const nothing = { closed: 0, handed_over: 0, bot: 0, abandoned: 0, handed_over_percent: 0, bot_percent: 0, abandoned_percent: 0, bot_said_solved: 0 };
  desk.on("GET /api/rep/figures", ok({ ...figures, ways: nothing, all: row({ closed: 0, votes: 0, no: 0, nrr: null, rank: null, without_vote: 0 }), topics: [], owners: [], causes: [], promises: [] }));
  await lenaLooks();
  await screen.findByText("No conversation has closed in this time, so there are no votes yet.");
  expect(screen.queryByText(/of 0/)).toBeNull();
});

test("the page of figures has no faults that axe can find", async () => {
  await lenaLooks();
  await screen.findByText("By topic");
  const found = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
});

test("no figure is about how long a rep takes", async () => {
  await lenaLooks();
  await screen.findByText("By topic");
  const heads = screen.getAllByRole("columnheader").map((head) => head.textContent);
  expect(heads.filter((words) => /handle|duration|time per|minutes/i.test(words))).toEqual([]);
});

test.each([
  [() => percent(null), "–"],
  [() => interval(0.041, 0.044), "4 %"],
  [() => interval(0.04, 0.09), "4–9 %"],
  [() => time(59), "59 s"],
  [() => time(3_900), "1 h 5 min"],
  [() => voteWords(row({ closed: 1, votes: 1, no: 0, without_vote: 0 })), "0 of 1 vote was “no”. All who could vote did."],
  [() => voteWords(row({ closed: 3, votes: 0, no: 0, without_vote: 3 })), "Nobody has voted on the 3 that closed."],
  [() => besideWords(row({ checks: 0, checks_no: 0 })), "The bot hasn't asked whether it's solved. Reps asked again for something in the brief: 0."],
  [() => rangeWords({ ...figures.ranges, told: 0, kept: 0 }), "Nobody has been told a range yet: that needs 20 like waits to compare with."],
])("words of figures: case %#", (made, words) => expect(made()).toBe(words));
