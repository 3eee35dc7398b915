/** The head of the chat: who is helping, and the two steps that are always at hand. */
import { Icon } from "../shared/icons";
import type { CustomerView } from "../wire";
import { useParts } from "./context";
import { Menu } from "./Menu";
import { TakeBack } from "./Promised";
import { statusOf } from "./status";
import { strings } from "./strings";

export function Head() {
  const { widget, shut, byLink } = useParts();
  const view = widget.chat.view.value;
  const status = statusOf(view);
  return (
    <header class="head">
      <div class="head-top">
        <span class={`mark mark-${status.kind}`}>
          <Mark kind={status.kind} name={status.name} picture={view?.owner.picture ?? null} />
        </span>
        <div class="head-words" role="status">
          <h1 class="head-name">
            <bdi>{status.name}</bdi>
          </h1>
          <p class="head-detail">{status.detail}</p>
          {status.range && <p class="head-detail">{status.range}</p>}
        </div>
        <Menu />
        {!byLink && (
          <button type="button" class="icon-button" aria-label={strings.close} onClick={shut}>
            <Icon name="close" />
          </button>
        )}
      </div>
      <Steps view={view} />
    </header>
  );
}

function Mark({ kind, name, picture }: { kind: string; name: string; picture: string | null }) {
  if (kind === "rep" && picture) return <img class="face" src={`/api/pictures/${picture}`} alt="" width={40} height={40} />;
  if (kind === "rep") return <span aria-hidden="true">{Array.from(name)[0]?.toUpperCase()}</span>;
  return <Icon name={kind === "queue" ? "queue" : "bot"} />;
}

function Steps({ view }: { view: CustomerView | null }) {
  const { widget, byLink } = useParts();
  const { chat } = widget;
  if (view?.state === "closed") return <OrderLine view={view} />;
  return (
    <div class="steps">
      <OrderLine view={view} />
      <div class="steps-buttons">
        {(!view || view.state === "with_bot") && (
        <button type="button" class="button button-small" onClick={() => void chat.askForPerson()}>
          {strings.talkToPerson}
        </button>
      )}
      {view?.state === "waiting" && !byLink && (
        <button type="button" class="button button-small" onClick={() => void chat.stopWaiting()}>
          {strings.stopWaiting}
        </button>
      )}
      {view && <TakeBack view={view} />}
      {view && view.state !== "promised" && (
        <button type="button" class="button button-small button-quiet" onClick={() => void chat.end()}>
          {strings.endChat}
        </button>
      )}
      </div>
    </div>
  );
}

function OrderLine({ view }: { view: CustomerView | null }) {
  if (!view?.order_id) return null;
  return (
    <p class="order-line">
      {strings.aboutOrder} <bdi>{view.order_id}</bdi>
    </p>
  );
}
