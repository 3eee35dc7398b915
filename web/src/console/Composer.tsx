/** The rep's box. Each chat keeps its own draft; "/" at the start of a line offers the ready answers. */
import { type RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { AttachButton, pasted, useDrop } from "../shared/attach";
import { throttled } from "../shared/typing";
import { AskedAgain } from "./AskedAgain";
import { boxGoes } from "./box";
import { Choices, pointsAt } from "./Choices";
import { useParts } from "./context";
import { gapsIn } from "./fields";
import { Gaps } from "./Gaps";
import { handle } from "./keymap";
import { SuggestionList } from "./SuggestionList";
import { useMacroMenu } from "./use-macro-menu";
import { useSuggestions } from "./use-suggestions";

const MOST_CHARACTERS = 4_000;
const COUNT_FROM = 3_600;
const MENU = "macros-menu";
const NAMED = { placeholder: "Write to the customer", "aria-label": "Reply" };

export function Composer({ id }: { id: string }) {
  const { desk } = useParts();
  const box = useFittedBox(id);
  const [cursor, setCursor] = useState(0);
  const text = desk.drafts.of(id);
  const menu = useMacroMenu(id, text, cursor);
  const { left, gaps, canSend } = standOf(text);
  const suggest = useSuggestions(id);
  const tellTyping = useMemo(() => throttled(() => desk.types(id)), [desk, id]);
  const send = () => {
    if (!canSend) return;
    desk.reply(id, text);
    tellTyping.afresh();
  };
  const attach = (files: File[]) => desk.uploads.add(id, files);
  useDrop(attach);
  const keys = boxKeys(send, suggest.next);
  const onKeyDown = (event: KeyboardEvent) => (menu.open && handle("menu", event, menu.keys)) || handle("box", event, keys);
  const seeCursor = (event: Event) => setCursor((event.target as HTMLTextAreaElement).selectionStart);
  const onInput = (event: Event) => {
    desk.drafts.set(id, (event.target as HTMLTextAreaElement).value);
    seeCursor(event);
    tellTyping();
  };
  return (
    <form class="composer" onSubmit={(event) => event.preventDefault()}>
      {menu.open && <Choices id={MENU} label="Ready answers" choices={menu.choices} active={menu.active} />}
      <textarea id="reply" ref={box} rows={2} value={text} {...NAMED} aria-describedby={gaps.length > 0 ? "gaps" : undefined} {...pointsAt(MENU, menu.open, menu.active)} onInput={onInput} onKeyDown={onKeyDown} onSelect={seeCursor} onPaste={(event) => pasted(event, attach)} />
      <Under id={id} text={text} gaps={gaps} onTake={suggest.take} />
      <div class="composer-foot">
        <AttachButton label="Attach a picture or file" give={attach} />
        <span class="hint">{left < MOST_CHARACTERS - COUNT_FROM ? countWords(left) : "Enter sends, Shift+Enter starts a new line, / offers ready answers"}</span>
        <button type="submit" class="button button-main" disabled={!canSend} onClick={send}>
          Send
        </button>
      </div>
    </form>
  );
}

/** What the page has to say of the reply, and what it could be. */
function Under({ id, text, gaps, onTake }: { id: string; text: string; gaps: string[]; onTake: (text: string) => void }) {
  return (
    <>
      <Gaps gaps={gaps} />
      <AskedAgain id={id} text={text} />
      <SuggestionList id={id} onTake={onTake} />
    </>
  );
}

function standOf(text: string) {
  const left = MOST_CHARACTERS - Array.from(text).length;
  const gaps = gapsIn(text);
  return { left, gaps, canSend: text.trim() !== "" && left >= 0 && gaps.length === 0 };
}

function boxKeys(send: () => void, suggest: (event: KeyboardEvent) => void) {
  return {
    send: (event: KeyboardEvent) => {
      event.preventDefault();
      send();
    },
    newline: () => undefined, // the browser's
    macros: () => undefined, // typed, and then seen before the cursor
    suggest,
    leave: focusList,
  };
}

/** The box as high as its text; a chat that is opened has the keyboard in it. */
function useFittedBox(id: string): RefObject<HTMLTextAreaElement | null> {
  const { desk } = useParts();
  const box = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => fitHeight(box.current), [desk.drafts.of(id), id]);
  useEffect(() => box.current?.focus(), [id]);
  useLayoutEffect(() => boxGoes, []);
  return box;
}

function countWords(left: number): string {
  return left < 0 ? `${-left} characters too many` : `${left} characters left`;
}

function focusList(): void {
  const row = document.querySelector<HTMLElement>('.row[aria-current="true"]') ?? document.querySelector<HTMLElement>(".row");
  row?.focus();
}

function fitHeight(box: HTMLTextAreaElement | null): void {
  if (!box) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}
