/** One chat in a lead's tables: chosen by a box, opened by its name. Opening is silent for the customer and on the record. */
import { useParts } from "../context";
import { showChats } from "../pages";

export interface Choosing {
  chosen: ReadonlySet<string>;
  choose: (id: string, on: boolean) => void;
}

export function ChatCell({ id, name, chosen, choose }: Choosing & { id: string; name: string | null }) {
  const { desk } = useParts();
  const words = name ?? "A visitor";
  const open = () => void desk.look(id).then((seen) => seen && showChats());
  return (
    <span class="chat-cell">
      <input type="checkbox" aria-label={`Choose ${words}`} checked={chosen.has(id)} onChange={(event) => choose(id, event.currentTarget.checked)} />
      <button type="button" class="link-button" onClick={open}>
        <bdi>{words}</bdi>
      </button>
    </span>
  );
}
