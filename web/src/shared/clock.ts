/** Time as people read it. All times from the desk are ISO 8601 in UTC. */
import { signal } from "@preact/signals";

/** This moment in milliseconds since 1970, renewed each second; read it where something should tick. */
export const now = signal(Date.now());

/** Start the ticking; returns how to stop it. */
export function startClock(): () => void {
  const timer = setInterval(() => (now.value = Date.now()), 1000);
  return () => clearInterval(timer);
}

/** What is said about time; a page in another language puts its own words here. */
export const clockWords = { locale: "en-GB", today: "Today", yesterday: "Yesterday" };

/** "14:05" on this machine's clock. */
export function timeOfDay(iso: string): string {
  return new Date(iso).toLocaleTimeString(clockWords.locale, { hour: "2-digit", minute: "2-digit" });
}

/** "Today", "Yesterday" or "Friday 5 June". */
export function dayOf(iso: string, at = Date.now()): string {
  const day = startOfDay(new Date(iso).getTime());
  const days = Math.round((startOfDay(at) - day) / 86_400_000);
  if (days === 0) return clockWords.today;
  if (days === 1) return clockWords.yesterday;
  return new Date(iso).toLocaleDateString(clockWords.locale, { weekday: "long", day: "numeric", month: "long" });
}

/** How long since: "0:42", "12:05", "2 h 5 min", "3 days"; never negative, whatever the machine's clock says. */
export function since(iso: string, at = Date.now()): string {
  const seconds = Math.max(0, Math.floor((at - Date.parse(iso)) / 1000));
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const hours = Math.floor(seconds / 3600);
  if (hours < 48) return `${hours} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(hours / 24)} days`;
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
