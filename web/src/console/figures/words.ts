/** Figures in words: shares with their intervals, times, and what each table is about. Pure. */
import { timeOfDay } from "../../shared/clock";
import type { CauseCount, Nrr, RangesKept } from "../../wire";
import { inWords } from "../topics";

/** A share in whole percent: "6 %"; a dash where there's none. */
export function percent(share: number | null): string {
  return share === null ? "–" : `${Math.round(share * 100)} %`;
}

/** An interval in whole percent: "4–9 %". */
export function interval(low: number, high: number): string {
  const [from, to] = [Math.round(low * 100), Math.round(high * 100)];
  return from === to ? `${from} %` : `${from}–${to} %`;
}

/** Seconds as people read them in a table: "45 s", "4 min", "1 h 5 min"; a dash where there are none. */
export function time(seconds: number | null): string {
  if (seconds === null) return "–";
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A count out of a whole with its share: "12 (40 %)". */
export function outOf(count: number, whole: number): string {
  return whole === 0 ? "–" : `${count} (${percent(count / whole)})`;
}

/** What customers voted, in a sentence: "2 of 40 votes were “no”. 10 (20 %) closed without a vote." */
export function voteWords({ no, votes, closed, without_vote }: Nrr): string {
  if (votes === 0) return closed === 1 ? "It closed, and the customer didn't vote." : `Nobody has voted on the ${closed} that closed.`;
  const silent = without_vote === 0 ? "All who could vote did." : `${outOf(without_vote, closed)} closed without a vote.`;
  return `${no} of ${votes} ${votes === 1 ? "vote was" : "votes were"} “no”. ${silent}`;
}

/** What stands beside the votes: the bot's own question, and what reps asked again. */
export function besideWords({ checks, checks_no, asked_again }: Nrr): string {
  const bot = checks === 0 ? "The bot hasn't asked whether it's solved." : `The bot asked ${checks === 1 ? "once" : `${checks} times`} whether it's solved: ${checks_no} said no.`;
  return `${bot} Reps asked again for something in the brief: ${asked_again}.`;
}

/** A topic as people read it. */
export function topicWords(key: string): string {
  return key === "none" ? "No topic" : inWords(key);
}

/** Whether there's more of it than before; a dash where nothing is known of before. */
export function trendWords(trend: CauseCount["trend"]): string {
  return trend === null ? "–" : { more: "More often", fewer: "Less often", same: "No clear change" }[trend];
}

/** Why a row has no rank, or its rank. */
export function rankWords({ rank, key }: Nrr): string {
  if (rank !== null) return String(rank);
  return key === "bot" || key === "nobody" ? "–" : "under 30 votes";
}

/** When the figures were read: "Read at 14:05, renewed each minute". */
export function readWords(at: string): string {
  return `Read at ${timeOfDay(at)}, renewed each minute`;
}

/** Whether the ranges hold that customers are told. */
export function rangeWords({ told, kept }: RangesKept): string {
  if (told === 0) return "Nobody has been told a range yet: that needs 20 like waits to compare with.";
  return `Of the last ${told} who were told a range, ${percent(kept / told)} waited no longer. 8 of 10 is what they were told.`;
}
