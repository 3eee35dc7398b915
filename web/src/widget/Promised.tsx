/** What was promised and isn't kept yet: when, and taking it back. */
import type { CustomerView, PromiseMade } from "../wire";
import { useParts } from "./context";
import { strings } from "./strings";

export function TakeBack({ view }: { view: CustomerView }) {
  const { widget, byLink } = useParts();
  const { promise } = view;
  if (!promise || view.state === "with_rep") return null;
  const back = (to: "queue" | "bot") => void widget.chat.promise("take-back", { to }, promise.conversation);
  const here = promise.conversation === view.id;
  return (
    <>
      {!here && <p class="promise-line">{promiseWords(promise)}</p>}
      {here && (
        <button type="button" class="button button-small" onClick={() => back("queue")}>
          {strings.waitInstead}
        </button>
      )}
      {!byLink && (
        <button type="button" class="button button-small button-quiet" onClick={() => back("bot")}>
          {strings.takeBack}
        </button>
      )}
    </>
  );
}

/** A promise in words, on the customer's own clock. */
export function promiseWords({ kind, answers_message, phone, from, until, due }: PromiseMade): string {
  if (kind === "message_left") return answers_message ? strings.promised : strings.answerPromised(dayAndTime(new Date(until)));
  const number = phone ?? "";
  if (due) return strings.callDue(number);
  return strings.callPromised(number, `${dayAndTime(new Date(from))} – ${strings.time(new Date(until))}`);
}

function dayAndTime(at: Date): string {
  return `${strings.day(at)}, ${strings.time(at)}`;
}
