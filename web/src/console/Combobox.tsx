/** A field that takes one of many: a click or ↓ shows them, typing narrows them, Enter or Tab takes the marked one. */
import { useState } from "preact/hooks";
import { type Choice, Choices, pointsAt, useChoices } from "./Choices";
import { handle, type Handlers } from "./keymap";
import { hasWords } from "./macros";

/** One of the many. One that is `disabled` is shown with its `hint`, which says why, and can't be taken. */
export interface Option {
  id: string;
  title: string;
  hint: string;
  disabled?: boolean;
}

interface ComboboxProps {
  /** Of the field; its label is outside. */
  id: string;
  /** Of the list, for who doesn't see it. */
  label: string;
  options: readonly Option[];
  /** The id of what was taken, or "". */
  value: string;
  take: (id: string) => void;
  /** What the empty field says. */
  placeholder: string;
  /** Called when the list is about to be shown. */
  onOpen?: () => void;
}

/** So many are drawn; the others are found by typing. */
const SHOWN = 50;

export function Combobox({ id, label, options, value, take, placeholder, onOpen }: ComboboxProps) {
  const { open, typed, show, write, close } = useOpening(onOpen);
  const takeAndClose = (taken: string) => {
    take(taken);
    close();
  };
  const fit = options.filter((option) => hasWords(`${option.title} ${option.hint}`, (typed ?? "").trim()));
  const choices = fit.slice(0, SHOWN).map((option) => asChoice(option, takeAndClose));
  const { active, keys } = useChoices(choices, typed ?? "", close);
  return (
    <div class="combobox">
      <input
        class="field"
        id={id}
        role="combobox"
        required
        autocomplete="off"
        placeholder={placeholder}
        value={typed ?? options.find((option) => option.id === value)?.title ?? ""}
        aria-expanded={open}
        aria-describedby={`${id}-found`}
        {...pointsAt(`${id}-list`, open && choices.length > 0, active)}
        onInput={(event) => {
          if (event.currentTarget.value === "") take("");
          write(event.currentTarget.value);
        }}
        onKeyDown={(event) => handle("menu", event, open ? { ...keys, choose: choosing(event, typed, keys, close) } : whileClosed(show))}
        onClick={(event) => {
          event.currentTarget.select();
          show();
        }}
        onBlur={close}
      />
      {open && choices.length > 0 && <Choices id={`${id}-list`} label={label} choices={choices} active={active} />}
      <p class="hint" id={`${id}-found`} role="status">
        {open && foundWords(fit.length)}
      </p>
    </div>
  );
}

/** What was `typed` is null until somebody types: then the field shows what was taken. */
function useOpening(onOpen?: () => void) {
  const [{ open, typed }, set] = useState<{ open: boolean; typed: string | null }>({ open: false, typed: null });
  const show = () => {
    if (open) return;
    onOpen?.();
    set({ open: true, typed: null });
  };
  const write = (text: string) => {
    if (!open) onOpen?.();
    set({ open: true, typed: text });
  };
  return { open, typed, show, write, close: () => set({ open: false, typed: null }) };
}

const nothing = () => undefined;

function whileClosed(show: () => void): Handlers<"menu"> {
  const open = (event: KeyboardEvent) => {
    event.preventDefault();
    show();
  };
  return { next: open, previous: open, choose: nothing, dismiss: nothing };
}

/** Tab goes on to the next field as always; it takes the marked one along only for who has typed. */
function choosing(event: KeyboardEvent, typed: string | null, keys: Handlers<"menu">, close: () => void) {
  if (event.key !== "Tab") return keys.choose;
  const leave = { preventDefault: nothing } as KeyboardEvent;
  return () => (typed?.trim() ? keys.choose(leave) : close());
}

function asChoice({ id, title, hint, disabled = false }: Option, take: (id: string) => void): Choice {
  return { id, title, hint, disabled, run: disabled ? nothing : () => take(id) };
}

function foundWords(count: number): string {
  if (count === 0) return "Nothing fits that.";
  return count > SHOWN ? `The first ${SHOWN} of ${count}. Type part of a name to find others.` : `${count} to choose from.`;
}
