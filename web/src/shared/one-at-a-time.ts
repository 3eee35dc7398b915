/** Work that is asked for again while it runs is done once more afterwards, never twice at a time. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  const run = async () => {
    try {
      do {
        again = false;
        await work();
      } while (again);
    } finally {
      running = null; // at once: whoever asks from here on starts anew
    }
  };
  return () => {
    again = true;
    running ??= run();
    return running;
  };
}
