/** What the rep should know while the desk can't be heard: since when, what to do, and that nothing they wrote is lost. */
import { useEffect, useState } from "preact/hooks";
import { now, timeOfDay } from "../shared/clock";
import type { LineState } from "../shared/socket";
import { useParts } from "./context";

/** A line that comes back at once needs no words. */
const WORTH_SAYING_MS = 2_000;
const SAFE = "Your drafts are safe in this browser, and replies go out once it's back.";
const AWAY = "If it lasts a minute, your chats go back to their places in line.";

export function Connection() {
  const { desk } = useParts();
  const since = useLostSince(desk.line.value);
  const said = since !== null && now.value - since >= WORTH_SAYING_MS;
  return (
    <p class="connection" role="status">
      {said && (
        <>
          <strong>{headOf(desk.line.value, since)}</strong> {whatToDo(desk.line.value)} {SAFE} {AWAY}
        </>
      )}
    </p>
  );
}

function headOf(line: LineState, since: number): string {
  const at = timeOfDay(new Date(since).toISOString());
  return line === "blocked" ? `No connection to the desk since ${at}.` : `Reconnecting since ${at}.`;
}

function whatToDo(line: LineState): string {
  if (!navigator.onLine) return "This computer has no network: check its cable or Wi-Fi.";
  if (line === "blocked") return "It's tried again by itself. If it doesn't come back, something on the way may block it: try another network.";
  return "You can go on reading and writing.";
}

/** When the line was lost; null while it's open, and before it was for the first time. */
function useLostSince(line: LineState): number | null {
  const [since, setSince] = useState<number | null>(null);
  const isLost = line === "lost" || line === "blocked";
  useEffect(() => {
    if (line === "open") setSince(null);
    else if (isLost) setSince((known) => known ?? Date.now());
  }, [line, isLost]);
  return since;
}
