/** Colours as the WCAG 2.2 measure them: relative luminance and contrast ratio (SC 1.4.3). Pure. */

export type Rgb = readonly [number, number, number];

/** Text must have this contrast to be readable by nearly everybody (level AA). */
export const READABLE = 4.5;
const STEP = 0.05;

/** "#14524a" or "#abc" as red, green, blue; null for anything else. */
export function parseColour(text: string): Rgb | null {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (!digits) return null;
  const [r, g, b] = digits.length === 3 ? Array.from(digits, (digit) => digit + digit) : [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)];
  return [parseInt(r ?? "", 16), parseInt(g ?? "", 16), parseInt(b ?? "", 16)];
}

export function hex(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** From 1 (the same) to 21 (black on white). */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** White or black, whichever can be read on this colour; one of the two always can. */
export function readableOn(colour: Rgb): Rgb {
  const white: Rgb = [255, 255, 255];
  return contrast(white, colour) >= READABLE ? white : [0, 0, 0];
}

/** The colour of a button that is pointed at: its words can be read no worse. */
export function pointedAt(colour: Rgb): Rgb {
  return mix(colour, readableOn(colour)[0] === 255 ? [0, 0, 0] : [255, 255, 255], 0.14);
}

/** The colour, mixed with `towards` no more than it takes to be read on `ground`. */
export function readableAs(colour: Rgb, ground: Rgb, towards: Rgb): Rgb {
  for (let share = 0; share < 1; share += STEP) {
    const mixed = mix(colour, towards, share);
    if (contrast(mixed, ground) >= READABLE) return mixed;
  }
  return towards;
}

/** `share` of `other` in `one`, from 0 to 1. */
export function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const part = (place: 0 | 1 | 2) => Math.round(one[place] + (other[place] - one[place]) * share);
  return [part(0), part(1), part(2)];
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
