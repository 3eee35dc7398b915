/** Puts on what the shop's page asked for: the language, light or dark, and the shop's colour wherever Baton's own would be. */
import { type FrameLook } from "../loader/look";
import { hex, parseColour, pointedAt, readableAs, readableOn, type Rgb } from "../shared/colour";
import { speak } from "./languages";

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** The ground on which text is hardest to read, of tokens.css: linen, and the lightest of the night. */
const GROUNDS = { light: [244, 241, 234], dark: [35, 45, 42] } as const;

/** Wear the look, and go on wearing it when the browser turns dark or light. */
export function wear(look: FrameLook, root: HTMLElement = document.documentElement): void {
  speak(look.lang);
  root.lang = look.lang;
  if (look.theme !== "auto") root.dataset.theme = look.theme;
  const colour = look.color ? parseColour(look.color) : null;
  if (!colour) return;
  const nightfall = window.matchMedia("(prefers-color-scheme: dark)");
  const paint = () => {
    const dark = look.theme === "dark" || (look.theme === "auto" && nightfall.matches);
    Object.entries(paints(colour, dark)).forEach(([name, value]) => root.style.setProperty(name, value));
  };
  nightfall.addEventListener("change", paint);
  paint();
}

/** What the style sheet's meanings are with this colour. All text on it and in it has the contrast of WCAG's AA. */
export function paints(colour: Rgb, dark: boolean): Record<string, string> {
  const towards = dark ? WHITE : BLACK;
  const words = readableAs(colour, GROUNDS[dark ? "dark" : "light"], towards);
  const fill = dark ? words : colour;
  return {
    "--accent": hex(fill),
    "--accent-strong": hex(pointedAt(fill)),
    "--on-accent": hex(readableOn(fill)),
    "--accent-text": hex(words),
    "--own": hex(colour),
    "--on-own": hex(readableOn(colour)),
  };
}
