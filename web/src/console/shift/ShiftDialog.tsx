/** The shift baton: the rep's open chats one by one, and for each what happens next. */
import { useEffect, useState } from "preact/hooks";
import { useParts } from "../context";
import { Dialog } from "../Dialog";
import { Settle } from "./Settle";

export function ShiftDialog({ onDone }: { onDone: () => void }) {
  const { desk } = useParts();
  const [kept, keep] = useState<readonly string[]>([]);
  const left = desk.shift.toSettle.value.filter(({ id }) => !kept.includes(id));
  const item = left[0];
  useEffect(() => {
    if (item) desk.open(item.id);
  }, [desk, item?.id]);
  if (item) return <Settle key={item.id} item={item} left={left.length} onKeep={() => keep([...kept, item.id])} onDone={onDone} />;
  return (
    <Dialog labelledBy="shift-title" className="shift-dialog" onClose={onDone}>
      <h2 id="shift-title">{kept.length > 0 ? "That's all" : "Every chat has a next step"}</h2>
      <p>{keptWords(kept.length)}</p>
      <div class="dialog-steps">
        <button type="button" class="button button-main" onClick={onDone}>
          Done
        </button>
      </div>
    </Dialog>
  );
}

function keptWords(kept: number): string {
  if (kept === 0) return "Nothing is left open. Thank you for today.";
  if (kept === 1) return "One chat stays with you as long as you write in it. Left alone, it goes back to the line.";
  return `${kept} chats stay with you as long as you write in them. Left alone, they go back to the line.`;
}
