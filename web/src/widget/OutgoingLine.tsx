/** A message that the desk doesn't have yet: on its way, or not sent and why. */
import type { Outgoing } from "../shared/outbox";
import { Words } from "../shared/Words";
import { useParts } from "./context";
import { strings } from "./strings";

export function OutgoingLine({ item }: { item: Outgoing }) {
  return (
    <li class={`line line-customer opens outgoing-${item.state}`}>
      <span class="hidden-words">{strings.you}: </span>
      <div class="bubble">
        <Words text={item.text} showAll={strings.showAll} />
      </div>
      {item.state === "failed" ? <Failed item={item} /> : <p class="time">{item.problem ?? strings.sending}</p>}
    </li>
  );
}

function Failed({ item }: { item: Outgoing }) {
  const { widget } = useParts();
  const { draft } = widget;
  const { sender } = widget.chat;
  const edit = () => {
    draft.putBack(item.text);
    sender.discard(item.client_id);
    document.getElementById("message")?.focus();
  };
  return (
    <div class="failed">
      <p>
        {strings.notSent} {item.problem}
      </p>
      <p class="failed-steps">
        <button type="button" class="link-button" onClick={() => sender.retry(item.client_id)}>
          {strings.retry}
        </button>
        {!item.button && (
          <button type="button" class="link-button" onClick={edit}>
            {strings.edit}
          </button>
        )}
        <button type="button" class="link-button" onClick={() => sender.discard(item.client_id)}>
          {strings.discard}
        </button>
      </p>
    </div>
  );
}
