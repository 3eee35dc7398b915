/** The chat's own page in an iframe, and the few words that pass between it and the shop's page, with exact origins both ways. */

import { type FrameLook } from "./look";

export type ToFrame = { baton: "look"; look: FrameLook } | { baton: "identity"; token: string | null } | { baton: "open" } | { baton: "hidden" } | { baton: "logout" };
/** "ended": the session is over, as asked by "logout". */
export type FromFrame = { baton: "ready" } | { baton: "ended" } | { baton: "close" } | { baton: "unread"; count: number };

export interface ChatFrame {
  element: HTMLIFrameElement;
  /** Say something to the frame; before it's ready, the words wait. */
  tell(words: ToFrame): void;
  /** Take it off the page, and hear nothing of it any more. */
  remove(): void;
}

/** Make the iframe on the desk's origin; `hear` gets what it says. */
export function makeFrame(desk: string, title: string, hear: (words: FromFrame) => void): ChatFrame {
  const element = document.createElement("iframe");
  element.className = "frame shut";
  element.title = title;
  // The frame can't see who embeds it; it checks this claim against the desk's list, and a lie only means that it talks to nobody.
  element.src = `${desk}/widget/#${encodeURIComponent(location.origin)}`;
  const waiting: ToFrame[] = [];
  let ready = false;
  const tell = (words: ToFrame) => {
    if (ready) element.contentWindow?.postMessage(words, desk);
    else waiting.push(words);
  };
  const listen = (event: MessageEvent) => {
    if (event.origin !== desk || event.source !== element.contentWindow || !isWords(event.data)) return;
    hear(event.data);
    if (event.data.baton !== "ready") return;
    ready = true;
    waiting.splice(0).forEach(tell);
  };
  addEventListener("message", listen);
  const remove = () => {
    removeEventListener("message", listen);
    element.remove();
  };
  return { element, tell, remove };
}

function isWords(data: unknown): data is FromFrame {
  const said = (data as { baton?: unknown; count?: unknown } | null) ?? {};
  return said.baton === "ready" || said.baton === "ended" || said.baton === "close" || (said.baton === "unread" && typeof said.count === "number");
}
