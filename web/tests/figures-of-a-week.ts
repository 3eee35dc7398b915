/** What Lena reads of a week. */
import type { Figures, Nrr } from "../src/wire";

export const row = (more: Partial<Nrr>): Nrr => ({
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
export const figures: Figures = {
  period: "7_days",
  since: "2026-06-05T12:00:00Z",
  read_at: "2026-06-12T12:00:00Z",
  all: row({ key: "all", name: "", rank: null, asked_again: 4 }),
  ways: { closed: 50, handed_over: 20, bot: 25, abandoned: 5, handed_over_percent: 40, bot_percent: 50, abandoned_percent: 10, bot_said_solved: 10 },
  topics: [row({}), row({ key: "none", name: "none", votes: 0, no: 0, nrr: null, rank: null })],
  owners: [row({ key: "r1", name: "Ruth", asked_again: 2 }), row({ key: "r2", name: "Sam", votes: 12, rank: null })],
  causes: [
    {
      topic: "late_delivery",
      count: 40,
      before: 22,
      causes: [
        { words: "Carrier was late", count: 30, share: 0.75, low: 0.6, high: 0.86, before: 10, trend: "more", votes: 31, no: 3, nrr: 0.1, no_low: 0.03, no_high: 0.25, rank: 1 },
        { words: "Weather", count: 6, share: 0.15, low: 0.07, high: 0.29, before: 7, trend: "same", votes: 0, no: 0, nrr: null, no_low: 0, no_high: 1, rank: null },
        { words: null, count: 4, share: 0.1, low: 0.04, high: 0.23, before: 5, trend: "same", votes: 4, no: 1, nrr: 0.25, no_low: 0.05, no_high: 0.7, rank: null },
      ],
      own_words: [
        { words: "the van broke down", count: 3 },
        { words: "a dog", count: 1 },
      ],
      own_words_more: 0,
    },
  ],
  promises: [
    { kind: "call_back", due: 10, at_once: 6, at_once_low: 0.31, at_once_high: 0.83, in_window: 2, in_time: 0.8, low: 0.49, high: 0.94, late: 1, missed: 1, ended_without: 0, not_reached: 2, taken_back: 3 },
  ],
  teams: [],
  reasons: [{ reason: "asked", words: "The customer asked for a person.", count: 20 }],
  waits: [{ skill: "orders", title: "Orders and returns", ended: 30, answered: 25, stopped: 2, left: 3, promised: 0, abandoned_percent: 17, median_s: 45, p80_s: 240 }],
  ranges: { told: 200, kept: 162, shorter: 30, unknown: 3, low: 0.75, high: 0.86 },
};
