/** Customers who can't reach people after an abusive chat, and the lead's undo. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { wordsOf } from "../../shared/ask";
import type { Block, Blocks } from "../../wire";
import { useParts } from "../context";
import { dayAndTime } from "../formats";
import { whenItMayHaveChanged } from "./use-centre";

export function BlockedNow() {
  const { blocks, trouble, undo } = useBlocks();
  if (blocks.length === 0 && !trouble) return null;
  return (
    <section>
      <h2>Blocked after abuse</h2>
      {trouble && (
        <p class="refusal" role="alert">
          {trouble}
        </p>
      )}
      <ul class="blocked">
        {blocks.map((block) => (
          <Blocked key={block.id} block={block} undo={undo} />
        ))}
      </ul>
    </section>
  );
}

function Blocked({ block, undo }: { block: Block; undo: (id: string, reason: string) => void }) {
  const [reason, setReason] = useState("");
  const name = block.customer_name ?? "A visitor";
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    undo(block.id, reason);
  };
  return (
    <li>
      <p>
        <bdi>{name}</bdi> until {dayAndTime(block.until)}, by {block.blocked_by}: <bdi>{block.reason}</bdi>
      </p>
      <form class="undo" onSubmit={submit}>
        <label>
          <span>Why undo it?</span>
          <input class="field" required maxLength={500} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        <button type="submit" class="button" aria-label={`Undo the block of ${name}`} disabled={reason.trim() === ""}>
          Undo
        </button>
      </form>
    </li>
  );
}

function useBlocks() {
  const { desk } = useParts();
  const [blocks, setBlocks] = useState<Block[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);
  const read = useCallback(async () => {
    const answer = await desk.ask<Blocks>("GET", "/api/rep/blocks");
    if (answer.kind === "ok") setBlocks(answer.body.blocks);
  }, [desk]);
  useEffect(() => whenItMayHaveChanged(desk.centre, () => void read()), [desk, read]);
  const undo = async (id: string, reason: string) => {
    const answer = await desk.ask<Block>("POST", `/api/rep/blocks/${id}/undo`, { reason });
    setTrouble(answer.kind === "ok" ? null : wordsOf(answer, "That didn't get through. Try again."));
    await read();
  };
  return { blocks, trouble, undo: (id: string, reason: string) => void undo(id, reason) };
}
