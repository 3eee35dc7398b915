/** What the customer is told about the connection. Pure. */
import type { LineState } from "../shared/socket";
import type { Phase } from "./start";
import { strings } from "./strings";

/** One sentence, or null when all is well. `reachable`: the last request got through; `online`: what the browser thinks. */
export function troubleOf(phase: Phase, line: LineState, reachable: boolean, online: boolean): string | null {
  if (!online) return strings.offline;
  if (phase === "away" || (!reachable && line !== "open")) return strings.away;
  if (line === "blocked") return strings.slower;
  return line === "lost" ? strings.reconnecting : null;
}
