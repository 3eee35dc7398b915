/** How the shop wants the chat to look, from its script tag. What makes no sense is said in the browser's console and left out. */
import { parseColour } from "../shared/colour";

export const LANGUAGES = ["en", "de"] as const;
export const THEMES = ["auto", "light", "dark"] as const;
const POSITIONS = ["right", "left"] as const;
const LONGEST_LABEL = 40;

/** What the frame is told of it. */
export interface FrameLook {
  lang: (typeof LANGUAGES)[number];
  theme: (typeof THEMES)[number];
  /** "#rrggbb" or "#rgb", or null for Baton's own. */
  color: string | null;
}

export interface Look extends FrameLook {
  position: (typeof POSITIONS)[number];
  /** The words on the launcher, or null for the language's own. */
  label: string | null;
}

/** Read `data-lang`, `data-theme`, `data-color`, `data-position` and `data-label`. */
export function readLook(data: DOMStringMap, warn: (words: string) => void = (words) => console.warn(words)): Look {
  const pick = <T extends string>(name: string, allowed: readonly T[], otherwise: T): T => {
    const given = data[name]?.trim().toLowerCase() ?? "";
    const known = allowed.find((each) => each === given);
    if (given && !known) warn(`Baton: data-${name} is ${allowed.join(", ")}, not "${given}".`);
    return known ?? otherwise;
  };
  return {
    lang: pick("lang", LANGUAGES, "en"),
    theme: pick("theme", THEMES, "auto"),
    position: pick("position", POSITIONS, "right"),
    color: colour(data.color?.trim() ?? "", warn),
    label: label(data.label?.trim() ?? "", warn),
  };
}

/** Whether this may be a look, as it arrives from another page. */
export function isFrameLook(data: unknown): data is FrameLook {
  const look = (data ?? {}) as Partial<Record<keyof FrameLook, unknown>>;
  const colour = look.color === null || (typeof look.color === "string" && parseColour(look.color) !== null);
  return colour && LANGUAGES.some((each) => each === look.lang) && THEMES.some((each) => each === look.theme);
}

function colour(given: string, warn: (words: string) => void): string | null {
  if (!given) return null;
  if (parseColour(given)) return given;
  warn(`Baton: data-color is a colour such as #14524a, not "${given}".`);
  return null;
}

function label(given: string, warn: (words: string) => void): string | null {
  if (Array.from(given).length <= LONGEST_LABEL) return given || null;
  warn(`Baton: data-label has at most ${LONGEST_LABEL} characters.`);
  return null;
}
