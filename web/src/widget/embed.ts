/** What passes between this frame and the shop's page that embeds it: a few known words, exact origins both ways. */
import type { FromFrame, ToFrame } from "../loader/frame";
import { isFrameLook } from "../loader/look";

export interface ShopPage {
  say(words: FromFrame): void;
}

/** The origin that embeds this frame, if the desk's list has it and it's really there; else null, and the chat must not start. */
export function shopOrigin(allowed: readonly string[], hash: string, parent: Window | null = window.parent): string | null {
  const claimed = readable(hash.replace(/^#/, ""));
  return parent !== window && allowed.includes(claimed) ? claimed : null;
}

/** Listen to the shop's page at `origin`; anything from elsewhere, or unknown, is ignored. */
export function listenTo(origin: string, hear: (words: ToFrame) => Promise<void>): ShopPage {
  window.addEventListener("message", (event: MessageEvent) => {
    if (event.origin === origin && event.source === window.parent && isWords(event.data)) void hear(event.data);
  });
  return { say: (words) => window.parent.postMessage(words, origin) };
}

/** Whether the shop's page may have said this. */
export function isWords(data: unknown): data is ToFrame {
  const said = (data as { baton?: unknown; token?: unknown; look?: unknown } | null) ?? {};
  if (said.baton === "look") return isFrameLook(said.look);
  if (said.baton === "identity") return said.token === null || typeof said.token === "string";
  return said.baton === "open" || said.baton === "hidden" || said.baton === "logout";
}

function readable(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return "";
  }
}
