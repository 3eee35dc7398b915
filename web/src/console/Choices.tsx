/** A list of choices under a field that keeps the keyboard: the field's keys move in it, a click takes one. */
import { useEffect, useState } from "preact/hooks";
import { type Handlers } from "./keymap";

export interface Choice {
  id: string;
  title: string;
  hint?: string;
  disabled?: boolean;
  run: () => void;
}

interface ChoicesProps {
  id: string;
  label: string;
  choices: readonly Choice[];
  active: number;
}

export function Choices({ id, label, choices, active }: ChoicesProps) {
  useEffect(() => document.getElementById(optionId(id, active))?.scrollIntoView?.({ block: "nearest" }), [active, id]);
  return (
    <ul class="choices" role="listbox" id={id} aria-label={label}>
      {choices.map((choice, index) => (
        // The field must not lose the keyboard to a click.
        <li key={choice.id} id={optionId(id, index)} role="option" aria-selected={index === active} aria-disabled={choice.disabled ?? false} onMouseDown={(event) => event.preventDefault()} onClick={choice.run}>
          <bdi>{choice.title}</bdi> {choice.hint && <span class="soft">{choice.hint}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Which choice is marked, and what the keys of a menu do with it. A new list of choices begins at its top. */
export function useChoices(choices: readonly Choice[], mark: string, dismiss: () => void) {
  const [at, setAt] = useState({ mark, index: 0 });
  const active = at.mark === mark ? Math.min(at.index, Math.max(0, choices.length - 1)) : 0;
  const move = (by: number) => (event: KeyboardEvent) => {
    event.preventDefault();
    if (choices.length > 0) setAt({ mark, index: (active + by + choices.length) % choices.length });
  };
  const keys: Handlers<"menu"> = {
    next: move(1),
    previous: move(-1),
    choose: (event) => {
      event.preventDefault();
      choices[active]?.run();
    },
    dismiss: (event) => {
      event.preventDefault();
      event.stopPropagation();
      dismiss();
    },
  };
  return { active, keys };
}

/** Where the keyboard of the field above the choices points. */
export function pointsAt(id: string, open: boolean, active: number) {
  return {
    "aria-autocomplete": "list" as const,
    "aria-controls": open ? id : undefined,
    "aria-activedescendant": open ? optionId(id, active) : undefined,
  };
}

function optionId(id: string, index: number): string {
  return `${id}-${index}`;
}
