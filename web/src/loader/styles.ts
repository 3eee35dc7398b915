/** The launcher's look. A constructed sheet in a shadow root: the shop's CSS and CSP stay out of it and it out of theirs. */
import { hex, parseColour, pointedAt, readableOn, type Rgb } from "../shared/colour";

const CSS = `
:host { all: initial; }
* { box-sizing: border-box; }
.launcher {
  position: fixed; inset-inline-end: var(--baton-side, 20px); inset-block-end: var(--baton-bottom, 20px); z-index: var(--baton-layer, 2147483000);
  display: inline-flex; align-items: center; gap: 10px; min-height: 52px; padding: 0 20px 0 16px; border: 0; border-radius: var(--baton-radius, 26px);
  background: #14524a; color: #fff; font: 600 16px/1 var(--baton-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
  box-shadow: 0 1px 2px rgb(10 30 28 / .3), 0 8px 24px rgb(10 30 28 / .22); cursor: pointer; transition: background .15s, transform .15s;
}
.launcher:hover { background: #0e3f39; transform: translateY(-1px); }
.launcher:focus-visible { outline: 3px solid #14524a; outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
.launcher svg { width: 22px; height: 22px; }
.unread { min-width: 22px; padding: 4px 6px; border-radius: 11px; background: #f2b544; color: #2b1d00; font-size: 13px; text-align: center; }
[hidden] { display: none !important; }
.frame {
  position: fixed; inset-inline-end: var(--baton-side, 20px); inset-block-end: calc(var(--baton-bottom, 20px) + 64px); z-index: var(--baton-layer, 2147483001); color-scheme: normal;
  width: min(400px, calc(100vw - 40px)); height: min(660px, calc(100vh - 104px)); border: 0; border-radius: 16px;
  box-shadow: 0 0 0 1px rgb(10 30 28 / .1), 0 12px 48px rgb(10 30 28 / .28); transition: opacity .16s, transform .16s, visibility .16s;
}
.frame.shut { visibility: hidden; opacity: 0; transform: translateY(10px); }
:host([data-position="left"]) .launcher, :host([data-position="left"]) .frame { inset-inline: var(--baton-side, 20px) auto; }
@media (max-width: 480px), (max-height: 480px) {
  .frame, :host([data-position="left"]) .frame { inset: 0; width: 100%; height: 100%; border-radius: 0; }
  .launcher.covered { visibility: hidden; }
}
@media (prefers-reduced-motion: reduce) { .launcher, .frame { transition: none; } }
@media (forced-colors: active) { .launcher, .frame { border: 2px solid ButtonText; } }
@media print { .launcher, .frame { display: none; } }
`;

function own(colour: Rgb | null): string {
  if (!colour) return "";
  const ground = hex(colour);
  return `.launcher { background: ${ground}; color: ${hex(readableOn(colour))}; }
.launcher:hover { background: ${hex(pointedAt(colour))}; } .launcher:focus-visible { outline-color: ${ground}; }`;
}

/** Put the sheet into `root`, with the shop's colour ("#rrggbb") if it has one: its words are black or white, as can be read on it. */
export function addStyles(root: ShadowRoot, color: string | null): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS + own(parseColour(color ?? "")));
  root.adoptedStyleSheets = [sheet];
}
