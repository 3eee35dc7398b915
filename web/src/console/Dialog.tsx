/** A native dialog: it traps the keyboard, Esc closes it, and the keyboard goes back to where it was. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { OfferCard } from "./OfferCard";
import { openDialogs } from "./open-dialogs";

interface DialogProps {
  /** The id of the heading inside. */
  labelledBy: string;
  className?: string;
  onClose: () => void;
  children: ComponentChildren;
}

export function Dialog({ labelledBy, className = "", onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // A dialog that was taken off the page still says that it closed: by then another one may be open.
  const gone = useRef(false);
  useEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    openDialogs.value += 1;
    return () => {
      openDialogs.value -= 1;
      gone.current = true;
      shown?.close();
      // Only if nothing else has taken the keyboard meanwhile.
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class={`dialog ${className}`} aria-labelledby={labelledBy} onClose={() => gone.current || onClose()}>
      {children}
      <OfferCard inDialog />
    </dialog>
  );
}
