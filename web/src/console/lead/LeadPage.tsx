/** What leads watch: who waits, who works, and what is free. From here they open chats silently and move them. */
import { useEffect, useState } from "preact/hooks";
import { wordsOf } from "../../shared/ask";
import type { LeadView } from "../../wire";
import { useParts } from "../context";
import { BlockedNow } from "./BlockedNow";
import { MoveChosen } from "./MoveChosen";
import { RepsNow } from "./RepsNow";
import { SkillsNow } from "./SkillsNow";
import { WaitingNow } from "./WaitingNow";

const READ_EVERY_MS = 5_000;

export function LeadPage() {
  const { view, trouble, read } = useCentre();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const onMoved = (left: readonly string[]) => {
    setChosen(new Set(left));
    read();
  };
  return (
    <div class="centre">
      <p class="soft" role="status">
        {trouble ?? (view ? "" : "One moment")}
      </p>
      {view && (
        <>
          <SkillsNow skills={view.skills} />
          <MoveChosen chosen={chosen} names={namesIn(view)} onMoved={onMoved} />
          <WaitingNow waiting={view.waiting} total={view.waiting_total} chosen={chosen} choose={choose} />
          <RepsNow reps={view.reps} chosen={chosen} choose={choose} />
          <BlockedNow />
        </>
      )}
    </div>
  );
}

/** The centre as it is, read every five seconds while somebody looks. */
function useCentre() {
  const { desk } = useParts();
  const [view, setView] = useState<LeadView | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [reading, setReading] = useState(0);
  useEffect(() => {
    let current = true;
    const look = async () => {
      const answer = await desk.ask<LeadView>("GET", "/api/rep/lead");
      if (!current) return;
      if (answer.kind === "ok") setView(answer.body);
      setTrouble(answer.kind === "ok" ? null : wordsOf(answer, "The desk can't be reached. What you see may be old."));
    };
    void look();
    const timer = setInterval(() => document.visibilityState === "visible" && void look(), READ_EVERY_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [desk, reading]);
  return { view, trouble, read: () => setReading(reading + 1) };
}

function namesIn(view: LeadView): ReadonlyMap<string, string> {
  const chats = [...view.waiting, ...view.reps.flatMap((rep) => rep.chats)];
  return new Map(chats.map((chat) => [chat.id, chat.customer_name ?? "A visitor"]));
}
