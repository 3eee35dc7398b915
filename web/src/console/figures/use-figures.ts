/** Reading what leads look at: on opening, each minute while somebody looks, on coming back, and on demand. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { wordsOf } from "../../shared/ask";
import { oneAtATime } from "../../shared/one-at-a-time";
import { onWake } from "../../shared/wake";
import type { Figures } from "../../wire";
import { useParts } from "../context";

const EVERY_MS = 60_000;
/** Figures of a long time in a large centre take seconds: by themselves they take at most this share of its time. */
const AT_MOST = 1 / 20;

/** `reading` grows with each time that the figures were asked for, so that what stands beside them can be asked for too. */
export function useFigures(period: Figures["period"]) {
  const { desk } = useParts();
  const [figures, setFigures] = useState<Figures | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [reading, setReading] = useState(0);
  const reader = useRef(() => Promise.resolve());
  const restUntil = useRef(0);
  const read = useCallback(() => void reader.current(), []);
  useEffect(() => {
    let current = true;
    reader.current = oneAtATime(async () => {
      setReading((times) => times + 1);
      const began = Date.now();
      const answer = await desk.ask<Figures>("GET", `/api/rep/figures?period=${period}`);
      restUntil.current = Date.now() + (Date.now() - began) / AT_MOST;
      if (!current) return;
      setTrouble(answer.kind === "ok" ? null : wordsOf(answer, "The desk can't be reached. Try again."));
      if (answer.kind !== "ok") return;
      setFigures(answer.body);
    });
    read();
    const stop = whileSeen(() => (Date.now() >= restUntil.current ? read() : undefined));
    return () => {
      current = false;
      stop();
    };
  }, [desk, period]);
  return { figures, trouble, reading, read };
}

/** Call `then` each minute while the page is seen, and when somebody comes back to it; returns how to stop. */
export function whileSeen(then: () => void): () => void {
  const ifSeen = () => (document.visibilityState === "visible" ? then() : undefined);
  const timer = setInterval(ifSeen, EVERY_MS);
  const stop = onWake(ifSeen);
  return () => {
    clearInterval(timer);
    stop();
  };
}
