/** The box for the reply, as other parts of the page reach it. */
import type { Desk } from "./desk";
import { gapsIn } from "./fields";

const box = () => document.querySelector<HTMLTextAreaElement>("#reply");

/** Put the keyboard into the box, once it's on the page. */
export function focusComposer(): void {
  requestAnimationFrame(() => box()?.focus());
}

/** What is still being typed when the chat is over was meant for the box, and does nothing. */
const TYPED_ON_MS = 1500;
let going: "written in" | "left" | null = null;
let typesUntil = 0;
let stoodIn: HTMLElement | null = null;

/** The box goes: while the rep writes, as somebody else has ended the chat, or by a step of theirs whose button goes too. */
export function boxGoes(): void {
  const at = document.activeElement;
  going = box() && at === box() ? "written in" : at === document.body ? "left" : null;
  setTimeout(() => (going = null));
}

/** Where the box was the keyboard stays, and why it's gone is read out. */
export function inPlaceOfBox(place: HTMLElement | null): void {
  if (!place || !going) return;
  const typing = going === "written in";
  place.focus();
  if (!typing) return;
  typesUntil = Date.now() + TYPED_ON_MS;
  stoodIn = place;
}

/** Whether what is typed is still meant for a box that has gone. */
export const typesOn = () => document.activeElement === stoodIn && Date.now() < typesUntil;

/** Put words into a chat's box, at the cursor or instead of the `instead` characters before it. Nothing is ever sent. */
export function insertWords(desk: Desk, id: string, words: string, instead = 0): void {
  const draft = desk.drafts.of(id);
  const cursor = box()?.selectionStart ?? draft.length;
  const before = draft.slice(0, Math.max(0, cursor - instead));
  const spaced = before && !/\s$/.test(before) ? `${before} ${words}` : before + words;
  desk.drafts.set(id, spaced + draft.slice(cursor));
  requestAnimationFrame(() => goTo(spaced.length - words.length, words));
}

/** Put other words in the place of some that stand in a chat's box. */
export function replaceWords(desk: Desk, id: string, before: string, words: string): void {
  const draft = desk.drafts.of(id);
  const at = draft.indexOf(before);
  desk.drafts.set(id, draft.slice(0, at) + words + draft.slice(at + before.length));
  requestAnimationFrame(() => goTo(at, words));
}

/** Mark a field that is still to be filled in, so that typing replaces it. */
export function selectGap(gap: string): void {
  const at = box()?.value.indexOf(gap) ?? -1;
  if (at >= 0) select(at, at + gap.length);
}

function goTo(start: number, words: string): void {
  const gap = gapsIn(words)[0];
  if (gap) selectGap(gap);
  else select(start + words.length, start + words.length);
}

function select(from: number, to: number): void {
  box()?.focus();
  box()?.setSelectionRange(from, to);
}
