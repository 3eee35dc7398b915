/** A message's text: text nodes and links only, isolated in its direction, height-capped when it's very long. */
import { useState } from "preact/hooks";
import { pieces } from "./links";

interface WordsProps {
  text: string;
  /** The words of the button that opens a long text. */
  showAll: string;
}

const LONG_CHARACTERS = 1_500;
const LONG_LINES = 20;

export function Words({ text, showAll }: WordsProps) {
  const [open, setOpen] = useState(false);
  const capped = isLong(text) && !open;
  return (
    <>
      <div class={capped ? "words words-capped" : "words"} dir="auto">
        {pieces(text).map(({ text: piece, href }, index) => (href ? <SafeLink key={index} href={href} text={piece} /> : piece))}
      </div>
      {capped && (
        <button type="button" class="link-button" onClick={() => setOpen(true)}>
          {showAll}
        </button>
      )}
    </>
  );
}

function SafeLink({ href, text }: { href: string; text: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  );
}

function isLong(text: string): boolean {
  return text.length > LONG_CHARACTERS || text.split("\n", LONG_LINES + 1).length > LONG_LINES;
}
