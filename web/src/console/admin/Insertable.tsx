/** The fields of a ready answer as buttons under its text: each puts itself in at the cursor. */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { MacroField } from "../../wire";

const MEANINGS: Readonly<Record<MacroField, string>> = {
  customer_name: "The customer's name",
  first_name: "The customer's first name",
  order: "The order's number",
  tracking_number: "The tracking number of the parcel that's on its way",
  expected_day: "The day on which the parcel is expected",
  rep: "The name of the rep who sends it",
};

export function Insertable({ fields, children }: { fields: readonly MacroField[]; children: ComponentChildren }) {
  const around = useRef<HTMLDivElement>(null);
  /** Until somebody was in the text, its cursor says nothing: then it's put in at the end. */
  const wasIn = useRef(false);
  const insert = (field: MacroField) => {
    const box = around.current?.querySelector("textarea");
    if (!box) return;
    const [from, to] = wasIn.current ? [box.selectionStart, box.selectionEnd] : [box.value.length, box.value.length];
    box.setRangeText(`{${field}}`, from, to, "end");
    box.focus();
  };
  return (
    <div class="insertable" ref={around} onFocusIn={({ target }) => (wasIn.current ||= target instanceof HTMLTextAreaElement)}>
      {children}
      <p class="insert-fields">
        {fields.map((field) => (
          <button key={field} type="button" class="button button-small" title={MEANINGS[field]} onClick={() => insert(field)}>
            {`{${field}}`}
          </button>
        ))}
      </p>
    </div>
  );
}
