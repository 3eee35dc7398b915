/** Below the messages: trouble if there is any, then the box, or what can be done with a closed chat. */
import { useParts } from "./context";
import { Composer } from "./Composer";
import { Copy, Email } from "./Email";
import { Instead } from "./Instead";
import { strings } from "./strings";
import { troubleOf } from "./trouble";

export function Foot() {
  const { chat } = useParts().widget;
  const closed = chat.view.value?.state === "closed";
  return (
    <footer class="foot">
      <Trouble />
      {chat.notice.value && (
        <p class="notice" role="alert">
          {chat.notice.value}
        </p>
      )}
      <Instead />
      <Email />
      {closed ? <AfterClosing /> : <Composer />}
    </footer>
  );
}

function Trouble() {
  const { widget } = useParts();
  const words = troubleOf(widget.phase.value, widget.chat.line.value, widget.chat.reachable.value, widget.online.value);
  return (
    <div role="status">
      {words && (
        <p class="trouble" key={words}>
          {words}
        </p>
      )}
    </div>
  );
}

function AfterClosing() {
  const { widget, byLink } = useParts();
  const { chat } = widget;
  const canReopen = chat.view.value?.can_reopen ?? false;
  return (
    <div class="after-closing">
      {canReopen && (
        <button type="button" class="button" onClick={() => void chat.reopen()}>
          {strings.reopen}
        </button>
      )}
      {!byLink && (
        <button type="button" class="button button-main" onClick={() => void chat.begin()}>
          {strings.startNew}
        </button>
      )}
      <Copy />
    </div>
  );
}
