/** The one script on a shop's page. It adds `window.Baton`, says so with the event `baton:ready`, and leaves no other name. */
import { type Look, readLook } from "./look";
import { type BatonOnPage, PageChat } from "./page";

declare global {
  interface Window {
    Baton?: BatonOnPage;
  }
}

const script = document.currentScript as HTMLScriptElement | null;

/** An empty attribute is what a template writes for nobody. */
function identityOf(tag: HTMLScriptElement): string | null {
  const identity = tag.dataset.identity ?? "";
  return identity === "" ? null : identity;
}

function start(desk: string, identity: string | null, look: Look): void {
  const chat = new PageChat(desk, identity, look);
  // Plain functions, so that a shop can pass one on as a click handler.
  window.Baton = {
    open: (options) => chat.open(options),
    close: () => chat.close(),
    identify: (identity) => chat.identify(identity),
    logout: () => chat.logout(),
    remove() {
      chat.remove();
      delete window.Baton;
    },
  };
  window.dispatchEvent(new Event("baton:ready"));
}

if (script && !window.Baton) {
  const begin = () => start(new URL(script.src).origin, identityOf(script), readLook(script.dataset));
  if (document.body as HTMLElement | null) begin();
  else addEventListener("DOMContentLoaded", begin, { once: true });
}
