/** What leads watch: who waits, what is promised, who works, and what is free. From here they open chats silently and move them. */
import { useState } from "preact/hooks";
import type { LeadView } from "../../wire";
import { BlockedNow } from "./BlockedNow";
import { MailLate } from "./MailLate";
import { type Movable, MoveChosen } from "./MoveChosen";
import { PromisesNow } from "./PromisesNow";
import { RepsNow } from "./RepsNow";
import { SkillsNow } from "./SkillsNow";
import { TotalsNow } from "./TotalsNow";
import { useCentre } from "./use-centre";
import { WaitingNow } from "./WaitingNow";

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
          {view.mail && <MailLate {...view.mail} />}
          <TotalsNow view={view} />
          <MoveChosen chosen={chosen} chats={movable(view)} onMoved={onMoved} />
          <div class="centre-lists">
            <div>
              <PromisesNow promises={view.promises} chosen={chosen} choose={choose} />
              <WaitingNow waiting={view.waiting} total={view.waiting_total} chosen={chosen} choose={choose} />
            </div>
            <RepsNow reps={view.reps} chosen={chosen} choose={choose} />
          </div>
          <SkillsNow skills={view.skills} />
          <BlockedNow />
        </>
      )}
    </div>
  );
}

function movable(view: LeadView): ReadonlyMap<string, Movable> {
  const chats = [...view.waiting, ...view.promises.first, ...view.reps.flatMap((rep) => rep.chats)];
  return new Map(chats.map((chat) => [chat.id, { name: chat.customer_name ?? "A visitor", needs: chat.needs }]));
}
