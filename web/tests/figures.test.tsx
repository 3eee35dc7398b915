import axe from "axe-core";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Account } from "../src/console/account";
import { App } from "../src/console/App";
import { interval, percent, rangeWords, time } from "../src/console/figures/words";
import type { Figures, Nrr } from "../src/wire";
import { lists } from "./people";
import { ok, refusal, ScriptedDesk } from "./scripted";

const row = (more: Partial<Nrr>): Nrr => ({
  key: "late_delivery",
  name: "late_delivery",
  closed: 50,
  votes: 40,
  no: 2,
  nrr: 0.05,
  low: 0.014,
  high: 0.165,
  rank: 1,
  without_vote: 10,
  checks: 8,
  checks_no: 3,
  asked_again: 0,
  ...more,
});
const figures: Figures = {
  period: "7_days",
  since: "2026-06-05T12:00:00Z",
  all: row({ key: "all", name: "", rank: null, asked_again: 4 }),
  ways: { closed: 50, handed_over: 20, bot: 25, abandoned: 5, handed_over_percent: 40, bot_percent: 50, abandoned_percent: 10, bot_said_solved: 10 },
  topics: [row({}), row({ key: "none", name: "none", votes: 0, no: 0, nrr: null, rank: null })],
  owners: [row({ key: "r1", name: "Ruth", asked_again: 2 }), row({ key: "r2", name: "Sam", votes: 12, rank: null })],
  teams: [],
  reasons: [{ reason: "asked", words: "The customer asked for a person.", count: 20 }],
  waits: [{ skill: "orders", title: "Orders and returns", ended: 30, answered: 25, stopped: 2, left: 3, promised: 0, abandoned_percent: 17, median_s: 45, p80_s: 240 }],
  ranges: { told: 200, kept: 162, shorter: 30, unknown: 3, low: 0.75, high: 0.86 },
};
let desk: ScriptedDesk;

beforeEach(() => {
  localStorage.clear();
  location.hash = "#figures";
  dispatchEvent(new Event("hashchange"));
  desk = new ScriptedDesk()
    .on("GET /api/rep/me", ok({ rep: { id: "l1", name: "lena", display_name: "Lena", role: "lead" }, csrf: "token" }))
    .on("GET /api/rep/queue", ok(lists({ waiting: [], mine: [], due: [], waiting_total: 0 })))
    .on("GET /api/rep/figures", ok(figures));
});
afterEach(cleanup);

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
  fireEvent.click(screen.getByText("Read again"));
  await screen.findByText("By topic");
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
  [() => rangeWords({ ...figures.ranges, told: 0, kept: 0 }), "Nobody has been told a range yet: that needs 20 like waits to compare with."],
])("words of figures: case %#", (made, words) => expect(made()).toBe(words));
