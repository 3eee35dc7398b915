/** Moving the chosen chats. What could be moved is moved; of the others it's said why not, and they stay chosen. */
import { useState } from "preact/hooks";
import { wordsOf } from "../../shared/ask";
import type { Moved, MovedChats } from "../../wire";
import { useParts } from "../context";
import { TargetBox, targetOf } from "../targets";

/** A chat that can be moved, and the skills that it needs, by name. */
export interface Movable {
  name: string;
  needs: readonly string[];
}

interface MoveChosenProps {
  chosen: ReadonlySet<string>;
  chats: ReadonlyMap<string, Movable>;
  /** Called with the chats that were not moved. */
  onMoved: (left: readonly string[]) => void;
}

export function MoveChosen({ chosen, chats, onMoved }: MoveChosenProps) {
  const { to, setTo, note, setNote, said, move } = useMoving(chosen, chats, onMoved);
  const needs = [...new Set([...chosen].flatMap((id) => chats.get(id)?.needs ?? []))];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void move();
  };
  return (
    <form class="move-chosen" onSubmit={submit} aria-label="Move chats">
      <p>{chosen.size === 0 ? "Choose chats below to move them." : `${chosen.size} chosen`}</p>
      <div>
        <label for="move-to">To</label>
        <TargetBox id="move-to" to={to} choose={setTo} needs={needs} />
      </div>
      <label>
        <span>Note for reps</span>
        <input class="field" maxLength={4000} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      </label>
      <button type="submit" class="button button-main" disabled={chosen.size === 0}>
        Move
      </button>
      <p class="soft" role="status">
        {said}
      </p>
    </form>
  );
}

function useMoving(chosen: ReadonlySet<string>, chats: ReadonlyMap<string, Movable>, onMoved: (left: readonly string[]) => void) {
  const { desk } = useParts();
  const [to, setTo] = useState("");
  const [note, setNote] = useState("");
  const [said, setSaid] = useState("");
  const move = async () => {
    const body = { conversations: [...chosen], to: targetOf(to), note };
    const answer = await desk.ask<MovedChats>("POST", "/api/rep/move-chats", body);
    if (answer.kind !== "ok") {
      setSaid(wordsOf(answer, "That didn't get through. Try again."));
      return;
    }
    const left = answer.body.moved.filter((each) => each.refusal !== null);
    setSaid(outcomeOf(answer.body.moved.length - left.length, left, chats));
    if (left.length === 0) setNote("");
    onMoved(left.map((each) => each.id));
  };
  return { to, setTo, note, setNote, said, move };
}

function outcomeOf(moved: number, left: readonly Moved[], chats: ReadonlyMap<string, Movable>): string {
  const whys = left.map((each) => `${chats.get(each.id)?.name ?? "A chat"}: ${each.refusal ?? ""}`);
  return [`${moved} moved.`, ...whys].join(" ");
}
