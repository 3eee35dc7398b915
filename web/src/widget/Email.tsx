/** Where the shop may write to if the customer leaves, and a copy of the chat by e-mail. */
import { useState } from "preact/hooks";
import { useParts } from "./context";
import { strings } from "./strings";

const REACHED_IN: readonly string[] = ["waiting", "with_rep", "promised"];

/** "If you leave, we'll write to …", or the offer to leave an address. */
export function Email() {
  const { widget, mail, byLink } = useParts();
  const [asking, setAsking] = useState(false);
  const view = widget.chat.view.value;
  if (!mail || byLink || !view || !REACHED_IN.includes(view.state)) return null;
  if (asking) return <EmailForm label={strings.emailLabel} button={strings.emailSave} send={widget.chat.leaveEmail} onDone={() => setAsking(false)} />;
  return (
    <p class="email-line">
      {view.email && <span>{strings.emailKnown(view.email)}</span>}
      <button type="button" class="link-button" onClick={() => setAsking(true)}>
        {view.email ? strings.emailChange : strings.emailOffer}
      </button>
    </p>
  );
}

/** After closing: a copy to the known address at once, else to one that is asked for. */
export function Copy() {
  const { widget, mail, byLink } = useParts();
  const [asking, setAsking] = useState(false);
  const view = widget.chat.view.value;
  if (!mail || !view || (byLink && !view.email)) return null;
  if (asking) return <EmailForm label={strings.copyLabel} button={strings.copySend} send={widget.chat.mailCopy} onDone={() => setAsking(false)} />;
  const known = view.email;
  return (
    <button type="button" class="link-button copy" onClick={() => (known ? void widget.chat.mailCopy(null) : setAsking(true))}>
      {known ? strings.copyTo(known) : strings.copy}
    </button>
  );
}

interface EmailFormProps {
  label: string;
  button: string;
  send: (email: string) => Promise<boolean>;
  onDone: () => void;
}

function EmailForm({ label, button, send, onDone }: EmailFormProps) {
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const email = new FormData(event.currentTarget as HTMLFormElement).get("email");
    if (typeof email === "string" && (await send(email.trim()))) onDone();
  };
  return (
    <form class="email-form" onSubmit={(event) => void submit(event)}>
      <label for="email">{label}</label>
      <div class="email-row">
        <input class="field" id="email" name="email" type="email" autocomplete="email" required maxLength={254} ref={(input) => input?.focus()} />
        <button type="submit" class="button button-main">
          {button}
        </button>
        <button type="button" class="button button-quiet" onClick={onDone}>
          {strings.cancel}
        </button>
      </div>
    </form>
  );
}
