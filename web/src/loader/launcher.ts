/** The button on the shop's page: opens and shuts the chat, and shows how many messages are unread. */
import type { onPage } from "../widget/strings";

export interface Launcher {
  button: HTMLButtonElement;
  show(open: boolean): void;
  unread(count: number): void;
}

const SVG = "http://www.w3.org/2000/svg";
const BUBBLE = "M4 5.5A2.5 2.5 0 0 1 6.5 3h11A2.5 2.5 0 0 1 20 5.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4.6 4.1A.85.85 0 0 1 5 18.4V15A2.5 2.5 0 0 1 4 12.5Z";

/** Make the button, in these words; `toggle` runs when it's pressed. */
export function makeLauncher(said: typeof onPage, toggle: () => void): Launcher {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "launcher";
  const words = document.createElement("span");
  const badge = document.createElement("span");
  badge.className = "unread";
  button.append(icon(), words, badge);
  button.addEventListener("click", toggle);
  const launcher = { button, show: (open: boolean) => show(button, words, open ? said.close : said.open, open), unread: (count: number) => unread(button, badge, count, said) };
  launcher.show(false);
  launcher.unread(0);
  return launcher;
}

function show(button: HTMLButtonElement, words: HTMLElement, text: string, open: boolean): void {
  words.textContent = text;
  button.setAttribute("aria-expanded", String(open));
  button.classList.toggle("covered", open);
}

function unread(button: HTMLButtonElement, badge: HTMLElement, count: number, said: typeof onPage): void {
  badge.hidden = count === 0;
  badge.textContent = count > 99 ? "99+" : String(count);
  if (count === 0) button.removeAttribute("aria-description");
  else button.setAttribute("aria-description", said.unread(count));
}

function icon(): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", BUBBLE);
  path.setAttribute("fill", "currentColor");
  svg.append(path);
  return svg;
}
