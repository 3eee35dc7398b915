/** The box to write in. Enter sends, Shift+Enter is a new line; nothing typed is ever lost. */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { AttachButton, pasted } from "../shared/attach";
import { Icon } from "../shared/icons";
import { sends } from "../shared/keys";
import { throttled } from "../shared/typing";
import { useParts } from "./context";
import { charactersLeft, isEmpty } from "./draft";
import type { Widget } from "./start";
import { strings } from "./strings";

export function Composer() {
  const box = useRef<HTMLTextAreaElement>(null);
  const { chat } = useParts().widget;
  const { text, left, canSend, send, change } = useDraft(box);
  const onKeyDown = (event: KeyboardEvent) => {
    if (sends(event)) submit(event);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    send();
  };
  return (
    <form class="composer" onSubmit={submit}>
      <PreviewTold />
      {left !== null && <CharactersLeft left={left} />}
      <div class="composer-row">
        <AttachButton label={strings.attach} give={chat.attach} />
        <textarea
          id="message"
          ref={box}
          rows={1}
          value={text}
          placeholder={strings.placeholder}
          aria-label={strings.message}
          aria-describedby={left !== null ? "left" : undefined}
          aria-invalid={left !== null && left < 0}
          enterkeyhint="send"
          onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => pasted(event, chat.attach)}
        />
        <button type="submit" class="icon-button send" aria-label={strings.send} aria-disabled={!canSend}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

function useDraft(box: RefObject<HTMLTextAreaElement | null>) {
  const { widget } = useParts();
  const { draft } = widget;
  const tellTyping = useMemo(() => throttled(() => widget.types()), [widget]);
  const text = draft.text.value;
  const left = charactersLeft(text);
  const canSend = !isEmpty(text) && (left ?? 0) >= 0;
  useLayoutEffect(() => fitHeight(box.current), [text]);
  useEffect(() => focusIfWanted(widget, box.current), [widget.wantsFocus.value]);
  const send = () => {
    if (!canSend) return;
    widget.chat.say(text);
    tellTyping.afresh();
    draft.set("");
    widget.preview.sent();
    box.current?.focus();
  };
  const change = (words: string) => {
    draft.set(words);
    tellTyping();
    widget.preview.change(words);
  };
  return { text, left, canSend, send, change };
}

/** Before anything of it is sent, the customer can read that it is. */
function PreviewTold() {
  const view = useParts().widget.chat.view.value;
  return <div role="status">{view?.preview && <p class="preview-told">{strings.previewed(view.owner.name ?? strings.aPerson)}</p>}</div>;
}

function CharactersLeft({ left }: { left: number }) {
  return (
    <p id="left" class={left < 0 ? "left left-over" : "left"} role="status">
      {strings.charactersLeft(left)}
    </p>
  );
}

function focusIfWanted(widget: Widget, box: HTMLTextAreaElement | null): void {
  if (widget.wantsFocus.value) box?.focus();
  widget.wantsFocus.value = false;
}

/** As high as its text, up to what the style sheet allows. Set through the DOM: the page's CSP forbids style attributes. */
function fitHeight(box: HTMLTextAreaElement | null): void {
  if (!box) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}
