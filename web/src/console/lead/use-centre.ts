/** The centre as it is: fetched when the desk says that it has changed, while somebody looks. */
import { effect, type Signal, untracked } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { wordsOf } from "../../shared/ask";
import { oneAtATime } from "../../shared/one-at-a-time";
import { onWake } from "../../shared/wake";
import type { LeadView } from "../../wire";
import { useParts } from "../context";

/** Only for what the desk didn't say, because the line was down or another desk's hint got lost. */
const FALLBACK_MS = 30_000;

export function useCentre() {
  const { desk } = useParts();
  const [view, setView] = useState<LeadView | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const reader = useRef(() => Promise.resolve());
  useEffect(() => {
    let current = true;
    reader.current = oneAtATime(async () => {
      const answer = await desk.ask<LeadView>("GET", "/api/rep/lead");
      if (!current) return;
      if (answer.kind === "ok") setView(answer.body);
      setTrouble(answer.kind === "ok" ? null : wordsOf(answer, "The desk can't be reached. What you see may be old."));
    });
    const stop = whenItMayHaveChanged(desk.centre, () => void reader.current());
    return () => {
      current = false;
      stop();
    };
  }, [desk]);
  return { view, trouble, read: () => void reader.current() };
}

/** Call `then` now, whenever `changes` does, after a while without, and when somebody looks again; returns how to stop. */
export function whenItMayHaveChanged(changes: Signal<number>, then: () => void): () => void {
  const ifSeen = () => (document.visibilityState === "visible" ? then() : undefined);
  const timer = setInterval(ifSeen, FALLBACK_MS);
  then();
  let told = changes.value;
  const onChange = () => {
    if (changes.value === told) return;
    told = changes.value;
    untracked(ifSeen);
  };
  const stops = [effect(onChange), onWake(ifSeen), () => clearInterval(timer)];
  return () => stops.forEach((stop) => stop());
}
