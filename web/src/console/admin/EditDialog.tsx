/** A dialog with a form, and its fields. */
import { type ComponentChildren, type InputHTMLAttributes } from "preact";
import { useState } from "preact/hooks";
import { Dialog } from "../Dialog";
import { fieldOf } from "../field-of";

interface EditDialogProps {
  title: string;
  button?: string;
  /** Null when it worked, else why not. */
  save: (read: (name: string) => string) => Promise<string | null>;
  onDone: () => void;
  children: ComponentChildren;
  /** When it was left without saving, if that's something else. */
  onCancel?: () => void;
}

export function EditDialog({ title, button = "Save", save, onDone, children, onCancel = onDone }: EditDialogProps) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    const why = await save((name) => fieldOf(data, name));
    setBusy(false);
    setRefusal(why);
    if (why === null) onDone();
  };
  return (
    <Dialog labelledBy="edit-dialog-words" className="edit-dialog" onClose={onCancel}>
      <form onSubmit={(event) => void submit(event)}>
        <h2 id="edit-dialog-words">{title}</h2>
        {children}
        <div class="dialog-foot">
          <p class="refusal" role="alert">
            {refusal}
          </p>
          <div class="dialog-steps">
            <button type="button" class="button button-quiet" onClick={onCancel}>
              Cancel
            </button>
            <button type="submit" class="button button-main" disabled={busy}>
              {button}
            </button>
          </div>
        </div>
      </form>
    </Dialog>
  );
}

type TextFieldProps = InputHTMLAttributes & { label: string; name: string; value: string; hint?: string };

export function TextField({ label, name, value, hint, ...rest }: TextFieldProps) {
  const id = `edit-${name}`;
  return (
    <div class="form-field">
      <label for={id}>{label}</label>
      <input class="field" id={id} name={name} defaultValue={value} autocomplete="off" aria-describedby={hint ? `${id}-hint` : undefined} {...rest} />
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

export function TextArea({ label, name, value, hint, rows = 4 }: { label: string; name: string; value: string; hint?: string; rows?: number }) {
  const id = `edit-${name}`;
  return (
    <div class="form-field">
      <label for={id}>{label}</label>
      <textarea class="field" id={id} name={name} rows={rows} defaultValue={value} aria-describedby={hint ? `${id}-hint` : undefined} />
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

export type Options = readonly (readonly [value: string, words: string])[];

interface ChoiceProps {
  label: string;
  name: string;
  value: string;
  options: Options;
  disabled?: boolean;
  onChoose?: (value: string) => void;
}

export function Choice({ label, name, value, options, disabled, onChoose }: ChoiceProps) {
  const id = `edit-${name}`;
  return (
    <div class="form-field">
      <label for={id}>{label}</label>
      <select class="field" id={id} name={name} disabled={disabled} onChange={(event) => onChoose?.(event.currentTarget.value)}>
        {options.map(([each, words]) => (
          <option key={each} value={each} selected={each === value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

export function Check({ label, name, checked }: { label: string; name: string; checked: boolean }) {
  return (
    <p class="form-check">
      <label>
        <input type="checkbox" name={name} value="yes" defaultChecked={checked} /> {label}
      </label>
    </p>
  );
}
