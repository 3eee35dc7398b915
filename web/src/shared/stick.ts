/** Keeps a list of messages at its end while the reader is there, and leaves a reader who scrolled back alone. */
import { type RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const NEAR_PX = 60;

/** `mark` changes with each new line. `behind` is true when there are new lines below what is seen. */
export function useStickToEnd(list: RefObject<HTMLElement | null>, mark: string | number) {
  const atEnd = useRef(true);
  const top = useRef(0);
  const [behind, setBehind] = useState(false);

  const toEnd = () => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
    setBehind(false);
  };
  const onScroll = () => {
    const element = list.current;
    if (!element) return;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    // Only going up is leaving the end: a list that grows or a window that shrinks reports a scroll too.
    if (near || element.scrollTop < top.current) atEnd.current = near;
    top.current = element.scrollTop;
    if (near) setBehind(false);
  };
  useLayoutEffect(() => (atEnd.current ? toEnd() : setBehind(true)), [mark]);
  useEffect(() => followSize(list.current, () => (atEnd.current ? toEnd() : undefined)), []);
  return { behind, toEnd, onScroll };
}

/** A keyboard that comes up, or an image of text that opens, changes the height: stay at the end then too. */
function followSize(element: HTMLElement | null, then: () => void): (() => void) | undefined {
  if (!element) return undefined;
  const observer = new ResizeObserver(then);
  observer.observe(element);
  if (element.firstElementChild) observer.observe(element.firstElementChild);
  return () => observer.disconnect();
}
