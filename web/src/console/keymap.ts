/** The console's keys: one table, which the handlers ask and the "?" sheet shows, so that the sheet can't lie. */
import { isForInputMethod, type Stroke } from "../shared/keys";

/** Where a key counts: anywhere on the page; outside of fields; in the box for the reply; in an open list of choices; while a chat is
 *  being closed, outside of the field for its cause. */
export type Place = "anywhere" | "lists" | "box" | "menu" | "closing";

/** What must be pressed. `code` is a key's place, for those whose character depends on the layout. */
interface Press {
  key?: string;
  code?: string;
  ctrl?: true;
  alt?: true;
  /** Left out: with Shift or without. */
  shift?: boolean;
}

interface KeyRow {
  act: string;
  place: Place;
  /** What the sheet shows: keys, and those that are pressed together. */
  shown: readonly (readonly string[])[];
  says: string;
  presses: readonly Press[];
}

const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const CODES = NUMBERS.flatMap((n) => [`Digit${n}`, `Numpad${n}`]);

export const keymap = [
  { act: "palette", place: "anywhere", shown: [["Ctrl", "K"]], says: "Find a chat, an answer or a step", presses: [{ key: "k", ctrl: true }] },
  {
    act: "chat",
    place: "anywhere",
    shown: [["Alt", "1–9"]],
    says: "Go to that chat of yours",
    presses: CODES.map((code) => ({ code, alt: true as const })),
  },
  { act: "take_offer", place: "anywhere", shown: [["Alt", "Y"]], says: "Take the chat that you're offered", presses: [{ key: "y", alt: true }, { key: "¥", alt: true }] },
  { act: "pass_offer", place: "anywhere", shown: [["Alt", "N"]], says: "Let it pass", presses: [{ key: "n", alt: true }, { code: "KeyN", alt: true }] },
  { act: "down", place: "lists", shown: [["J"], ["↓"]], says: "Next chat in the lists", presses: [{ key: "j" }, { key: "ArrowDown" }] },
  { act: "up", place: "lists", shown: [["K"], ["↑"]], says: "Chat before it", presses: [{ key: "k" }, { key: "ArrowUp" }] },
  { act: "take", place: "lists", shown: [["Enter"]], says: "Claim the chat, or open one of yours", presses: [{ key: "Enter" }] },
  { act: "write", place: "lists", shown: [["Esc"]], says: "Back to your reply", presses: [{ key: "Escape" }] },
  { act: "sheet", place: "lists", shown: [["?"]], says: "Show all keys", presses: [{ key: "?" }] },
  { act: "alerts", place: "lists", shown: [["A"]], says: "Sound, title and notifications", presses: [{ key: "a" }] },
  { act: "send", place: "box", shown: [["Enter"]], says: "Send", presses: [{ key: "Enter", shift: false }, { key: "Enter", shift: false, ctrl: true }] },
  { act: "newline", place: "box", shown: [["Shift", "Enter"]], says: "Start a new line", presses: [{ key: "Enter", shift: true }] },
  { act: "macros", place: "box", shown: [["/"]], says: "At the start of a line: the ready answers", presses: [{ key: "/" }] },
  { act: "suggest", place: "box", shown: [["Alt", "S"]], says: "Put in the suggested reply; again: the next one", presses: [{ code: "KeyS", alt: true }] },
  { act: "leave", place: "box", shown: [["Esc"]], says: "To the lists", presses: [{ key: "Escape" }] },
  { act: "next", place: "menu", shown: [["↓"]], says: "Next choice", presses: [{ key: "ArrowDown" }] },
  { act: "previous", place: "menu", shown: [["↑"]], says: "Choice before it", presses: [{ key: "ArrowUp" }] },
  { act: "choose", place: "menu", shown: [["Enter"], ["Tab"]], says: "Take it", presses: [{ key: "Enter", shift: false }, { key: "Tab", shift: false }] },
  { act: "dismiss", place: "menu", shown: [["Esc"]], says: "Close the choices", presses: [{ key: "Escape" }] },
  { act: "cause", place: "closing", shown: [["1–9"]], says: "Pick that usual cause", presses: CODES.map((code) => ({ code })) },
  { act: "finish", place: "closing", shown: [["Enter"]], says: "Close the chat", presses: [{ key: "Enter", shift: false }] },
] as const satisfies readonly KeyRow[];

type Row = (typeof keymap)[number];
export type ActIn<P extends Place> = Extract<Row, { place: P }>["act"];
/** A handler for each key of some places: leaving one out doesn't compile. */
export type Handlers<P extends Place> = Record<ActIn<P>, (event: KeyboardEvent) => void>;

/** What a key means in a place, or null. Keys that an input method is using mean nothing. */
export function actOf<P extends Place>(place: P, stroke: Stroke): ActIn<P> | null {
  if (isForInputMethod(stroke)) return null;
  const rows: readonly KeyRow[] = keymap;
  const row = rows.find((each) => each.place === place && each.presses.some((press) => fits(press, stroke)));
  return (row?.act ?? null) as ActIn<P> | null;
}

/** Run the handler of what a key means in a place; whether it meant something. */
export function handle<P extends Place>(place: P, event: KeyboardEvent, handlers: Handlers<P>): boolean {
  const act = actOf(place, event);
  if (act) handlers[act](event);
  return act !== null;
}

function fits(press: Press, stroke: Stroke): boolean {
  const sameKey = press.code ? press.code === stroke.code : press.key === plainKey(stroke.key);
  const ctrl = Boolean(stroke.ctrlKey) || Boolean(stroke.metaKey);
  const shift = press.shift === undefined || press.shift === Boolean(stroke.shiftKey);
  return sameKey && ctrl === Boolean(press.ctrl) && Boolean(stroke.altKey) === Boolean(press.alt) && shift;
}

function plainKey(key: string): string {
  return key.length === 1 ? key.toLowerCase() : key;
}

/** The number keys 1 … 9 as 0 … 8. */
export function numberOf(stroke: Stroke): number {
  return Number((stroke.code ?? "").slice(-1)) - 1;
}
