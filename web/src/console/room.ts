/** Whether the rep may claim another chat, by the desk's own rule, so that no button promises what would be refused. */
import type { You } from "../wire";

/** Why not, in words for the rep; null if they may. */
export function whyNoRoom({ load, held, capacity }: You): string | null {
  if (capacity === 0) return null; // the desk hasn't said yet
  if (load >= capacity) return `Full: ${load} of ${capacity} need you. Answer or close one, then claim another.`;
  if (held >= 2 * capacity) return `You hold ${held} chats. Close one, then claim another.`;
  return null;
}
