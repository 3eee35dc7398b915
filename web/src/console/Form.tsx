/** The parts of the two forms before the desk: fields with labels, one refusal, one button. */
import { type ComponentChildren, type InputHTMLAttributes } from "preact";
import { useState } from "preact/hooks";

export interface Refusal {
  code: string;
  message: string;
}

interface GateProps {
  title: string;
  intro?: string;
  /** What has just happened. */
  news?: string | undefined;
  button: string;
  /** Null when it worked. */
  onSubmit: (values: (name: string) => string) => Promise<Refusal | null>;
  children: ComponentChildren;
}

/** A page with one form. */
export function Gate({ title, intro, news, button, onSubmit, children }: GateProps) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setRefusal(await onSubmit((name) => textOf(data.get(name))));
    setBusy(false);
  };
  return (
    <main class="gate">
      <form class="gate-form" onSubmit={(event) => void submit(event)}>
        <p class="wordmark">Baton</p>
        <h1>{title}</h1>
        {intro && <p class="soft">{intro}</p>}
        {news && (
          <p class="soft" role="status">
            {news}
          </p>
        )}
        {children}
        <p class="refusal" role="alert">
          {refusal?.message}
        </p>
        <button type="submit" class="button button-main" disabled={busy}>
          {button}
        </button>
      </form>
    </main>
  );
}

type FieldProps = InputHTMLAttributes & { label: string; name: string; hint?: string };

export function Field({ label, name, hint, ...rest }: FieldProps) {
  return (
    <div class="form-field">
      <label for={name}>{label}</label>
      <input class="field" id={name} name={name} required aria-describedby={hint ? `${name}-hint` : undefined} {...rest} />
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === "string" ? value : "";
}
