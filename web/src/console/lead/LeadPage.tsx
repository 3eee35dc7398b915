/** What leads watch: who waits, who works, and what is free. From here they open chats silently and move them. */
import { useState } from "preact/hooks";
import type { LeadView } from "../../wire";
import { BlockedNow } from "./BlockedNow";
import { MailLate } from "./MailLate";
import { MoveChosen } from "./MoveChosen";
import { RepsNow } from "./RepsNow";
import { SkillsNow } from "./SkillsNow";
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

function namesIn(view: LeadView): ReadonlyMap<string, string> {
  const chats = [...view.waiting, ...view.reps.flatMap((rep) => rep.chats)];
  return new Map(chats.map((chat) => [chat.id, chat.customer_name ?? "A visitor"]));
}
