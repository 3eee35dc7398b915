/** Money, days and times, on the reader's own clock unless a place's is named. */

/** Cents of a currency as people write it: "£84.40". An unknown currency keeps its letters. */
export function money(cents: number, currency: string): string {
  try {
    return new Intl.NumberFormat("en-GB", { style: "currency", currency }).format(cents / 100);
  } catch {
    return `${(cents / 100).toFixed(2)} ${currency}`;
  }
}

/** "Fri 13 Nov". */
export function shortDay(iso: string): string {
  return new Date(iso).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short" });
}

/** "Fri 13 Nov, 18:40". */
export function dayAndTime(iso: string): string {
  return `${shortDay(iso)}, ${new Date(iso).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
}

/** Whether this browser can tell the time in a zone of that name. */
export function knowsZone(timeZone: string | null): timeZone is string {
  if (timeZone === null) return false;
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** "18:00" on a place's clock; on the reader's own if this browser doesn't know the place. */
export function timeIn(timeZone: string, iso: string): string {
  const clock = { hour: "2-digit", minute: "2-digit" } as const;
  try {
    return new Date(iso).toLocaleTimeString("en-GB", { ...clock, timeZone });
  } catch {
    return new Date(iso).toLocaleTimeString("en-GB", clock);
  }
}

/** "Fri 13 Nov" on a place's calendar; on the reader's own if this browser doesn't know the place. */
export function dayIn(timeZone: string, iso: string): string {
  const day = { weekday: "short", day: "numeric", month: "short" } as const;
  try {
    return new Date(iso).toLocaleDateString("en-GB", { ...day, timeZone });
  } catch {
    return shortDay(iso);
  }
}
