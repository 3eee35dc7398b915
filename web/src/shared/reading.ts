/** Tells the desk how far this page's reader has read: the newest only, and at most once a second. */

const TELL_EVERY_MS = 1_000;

/** A function that takes each newest `seq`; `tell` is called with the last one once a second has passed, and never for one told before. */
export function reader(tell: (seq: number) => void): (seq: number) => void {
  let newest = 0;
  let told = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    timer = undefined;
    if (newest <= told) return;
    told = newest;
    tell(newest);
  };
  return (seq) => {
    newest = Math.max(newest, seq);
    if (newest > told) timer ??= setTimeout(now, TELL_EVERY_MS);
  };
}
