/** "Take one?", a chat or a promise that is due: over whatever page the rep is on, with why it's theirs and how long the desk waits for an answer. */
import { since, now } from "../shared/clock";
import type { Offer } from "../wire";
import { useParts } from "./context";
import { openDialogs } from "./open-dialogs";
import { aboutOf } from "./ListItem";
import { promiseWords } from "./promise-words";
import { takeOffer } from "./take-offer";

/** On the page, or in the dialog that is open over it: what is outside of a dialog can't be used. */
export function OfferCard({ inDialog = false }: { inDialog?: boolean }) {
  const { desk } = useParts();
  const offer = desk.offered.offer.value;
  const trouble = desk.offered.trouble.value;
  if (!inDialog && openDialogs.value > 0) return null;
  return (
    <>
      <p class="hidden-words" aria-live="assertive">
        {offer && `You are offered ${whatOf(offer)}. Alt Y takes it, Alt N lets it pass.`}
      </p>
      {offer && <Card offer={offer} />}
      {trouble && !offer && (
        <p class="offer" role="alert">
          {trouble}
          <button type="button" class="button" onClick={() => (desk.offered.trouble.value = null)}>
            OK
          </button>
        </p>
      )}
    </>
  );
}

function Card({ offer }: { offer: Offer }) {
  const { desk } = useParts();
  const left = desk.offered.secondsLeft;
  return (
    <section class="offer" aria-labelledby="offer-title">
      <h2 id="offer-title">
        Take one? <span class="offer-left">{left} s</span>
      </h2>
      <p class="offer-name">
        <bdi>{nameOf(offer)}</bdi>
        {!offer.chat.promise && offer.chat.waiting_since && <span class="soft"> waits {since(offer.chat.waiting_since, now.value)}</span>}
      </p>
      {offer.chat.promise && (
        <p>
          <bdi>{promiseWords(offer.chat.promise, nameOf(offer))}</bdi>
        </p>
      )}
      <p>{aboutOf(offer.chat)}</p>
      <p class="offer-words soft">
        <bdi>{offer.chat.last_text}</bdi>
      </p>
      <p class="hint">{offer.reason}</p>
      {desk.offered.trouble.value && <p role="alert">{desk.offered.trouble.value}</p>}
      <p class="offer-steps">
        <button type="button" class="button button-main" onClick={() => void takeOffer(desk)}>
          Take it <kbd>Alt+Y</kbd>
        </button>
        <button type="button" class="button" onClick={() => void desk.offered.pass()}>
          Not now <kbd>Alt+N</kbd>
        </button>
      </p>
      <progress class="offer-time" max={20} value={left} aria-hidden="true" />
    </section>
  );
}

/** As it's read out. */
function whatOf(offer: Offer): string {
  if (!offer.chat.promise) return `a chat with ${nameOf(offer)}`;
  const words = promiseWords(offer.chat.promise, nameOf(offer));
  const what = words.charAt(0).toLowerCase() + words.slice(1);
  return offer.chat.promise.kind === "call_back" ? what : `${what}, by ${nameOf(offer)}`;
}

const nameOf = (offer: Offer) => offer.chat.customer_name ?? "a visitor";
