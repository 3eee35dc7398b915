/** One chat in a lead's tables: chosen by a box, opened by its name. Opening is silent for the customer and on the record. */
import { useParts } from "../context";
import { showChats } from "../pages";

const NAMELESS = "A visitor";

export interface Choosing {
  chosen: ReadonlySet<string>;
  choose: (id: string, on: boolean) => void;
}

interface ChatCellProps extends Choosing {
  id: string;
  name: string | null;
  /** The customer's word is the last one. */
  needsRep?: boolean;
}

export function ChatCell({ id, name, needsRep = false, chosen, choose }: ChatCellProps) {
  return (
    <span class="chat-cell">
      <input type="checkbox" aria-label={`Choose ${name ?? NAMELESS}`} checked={chosen.has(id)} onChange={(event) => choose(id, event.currentTarget.checked)} />
      <ChatLink id={id} name={name} />
      {needsRep && (
        <span class="needs-rep" title="Waits for an answer">
          <span class="hidden-words">waits for an answer</span>
        </span>
      )}
    </span>
  );
}

export function ChatLink({ id, name }: { id: string; name: string | null }) {
  const { desk } = useParts();
  const open = () => void desk.look(id).then((seen) => seen && showChats());
  return (
    <button type="button" class="link-button" onClick={open}>
      <bdi>{name ?? NAMELESS}</bdi>
    </button>
  );
}
