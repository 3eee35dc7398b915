/** Figures in words: shares with their intervals, times, and what each table is about. Pure. */
import type { Nrr, RangesKept } from "../../wire";

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

/** Why a row has no rank, or its rank. */
export function rankWords({ rank, key }: Nrr): string {
  if (rank !== null) return String(rank);
  return key === "bot" || key === "nobody" ? "–" : "under 30 votes";
}

/** Whether the ranges hold that customers are told. */
export function rangeWords({ told, kept }: RangesKept): string {
  if (told === 0) return "Nobody has been told a range yet: that needs 20 like waits to compare with.";
  return `Of the last ${told} who were told a range, ${percent(kept / told)} waited no longer. 8 of 10 is what they were told.`;
}
