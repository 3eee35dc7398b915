/** Ways to hand over files: a button, pasting, and dropping anywhere on the page. */
import { useEffect, useRef, useState } from "preact/hooks";
import { ACCEPT, filesIn } from "./file-kinds";
import { Icon } from "./icons";

type Give = (files: File[]) => void;

export function AttachButton({ label, give }: { label: string; give: Give }) {
  const input = useRef<HTMLInputElement>(null);
  const chosen = () => {
    const files = Array.from(input.current?.files ?? []);
    if (files.length > 0) give(files);
    if (input.current) input.current.value = "";
  };
  return (
    <>
      <button type="button" class="icon-button attach" aria-label={label} title={label} onClick={() => input.current?.click()}>
        <Icon name="clip" />
      </button>
      <input ref={input} type="file" multiple accept={ACCEPT} hidden tabIndex={-1} aria-hidden="true" onChange={chosen} />
    </>
  );
}

/** For a box's `onPaste`: files are taken, text goes its own way. */
export function pasted(event: ClipboardEvent, give: Give): void {
  const files = filesIn(event.clipboardData);
  if (files.length === 0) return;
  event.preventDefault();
  give(files);
}

/** Whether files are being dragged over the page; dropped ones are given on, or, without `give`, go nowhere: a browser would open them. */
export function useDrop(give: Give | null): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(give);
  latest.current = give;
  useEffect(() => listen(setOver, (files) => latest.current?.(files)), []);
  return over && give !== null;
}

function listen(setOver: (over: boolean) => void, give: Give): () => void {
  const hold = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  const leave = (event: DragEvent) => (event.relatedTarget === null ? setOver(false) : undefined);
  const drop = (event: DragEvent) => {
    const files = filesIn(event.dataTransfer);
    setOver(false);
    if (files.length === 0) return;
    event.preventDefault();
    give(files);
  };
  document.addEventListener("dragover", hold);
  document.addEventListener("dragleave", leave);
  document.addEventListener("drop", drop);
  return () => {
    document.removeEventListener("dragover", hold);
    document.removeEventListener("dragleave", leave);
    document.removeEventListener("drop", drop);
  };
}
