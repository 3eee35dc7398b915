/** The keys that count outside of the box: on the whole page, and in the lists. */
import { useLayoutEffect } from "preact/hooks";
import { focusComposer, typesOn } from "./box";
import type { Desk } from "./desk";
import { handle, type Handlers, numberOf } from "./keymap";
import { showChats } from "./pages";
import { takeOffer } from "./take-offer";

export function useKeys(desk: Desk): void {
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (!handle("anywhere", event, anywhere(desk)) && isOutsideFields(event) && !typesOn()) handle("lists", event, lists);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [desk]);

  const lists: Handlers<"lists"> = {
    down: (event) => moveFocus(event, 1),
    up: (event) => moveFocus(event, -1),
    take: () => undefined, // the row's own
    write: () => focusComposer(),
    sheet: (event) => (event.preventDefault(), void (desk.panel.value = "sheet")),
    alerts: (event) => (event.preventDefault(), void (desk.panel.value = "alerts")),
  };
}

function anywhere(desk: Desk): Handlers<"anywhere"> {
  return {
    palette: (event) => (event.preventDefault(), void (desk.panel.value = "palette")),
    chat: (event) => openNumber(desk, event),
    take_offer: (event) => answerOffer(desk, event, () => takeOffer(desk)),
    pass_offer: (event) => answerOffer(desk, event, () => desk.offered.pass()),
  };
}

/** Without an offer these keys write what they write: on a Mac, Option+N begins an ñ. */
function answerOffer(desk: Desk, event: KeyboardEvent, answer: () => Promise<unknown>): void {
  if (!desk.offered.offer.peek()) return;
  event.preventDefault();
  void answer();
}

function openNumber(desk: Desk, event: KeyboardEvent): void {
  const item = desk.queue.peek().mine[numberOf(event)];
  if (!item) return;
  event.preventDefault();
  showChats();
  desk.open(item.id);
  focusComposer();
}

function isOutsideFields({ target }: KeyboardEvent): boolean {
  return !(target instanceof Element && target.closest("input, textarea, select, dialog"));
}

/** Move the keyboard to the next or previous row of the lists. In what scrolls, the arrows scroll. */
function moveFocus(event: KeyboardEvent, move: 1 | -1): void {
  const { target } = event;
  if (event.key.startsWith("Arrow") && target instanceof Element && target.closest(".transcript, .details")) return;
  const rows = [...document.querySelectorAll<HTMLButtonElement>(".lists .row")];
  const at = rows.findIndex((row) => row === document.activeElement || row.parentElement?.contains(document.activeElement));
  const next = rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + move))];
  event.preventDefault();
  next?.focus();
}
