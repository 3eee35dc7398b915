/** Closed chats, to be found by what is counted of them and opened to be read. How long they took is nobody's business. */
import { useEffect, useState } from "preact/hooks";
import type { ClosedChat, Figures, FindClosed } from "../../wire";
import { dayAndTime } from "../formats";
import { helperWords, nameOf, voteWord } from "./closed";
import { ClosedReading } from "./ClosedReading";
import { More } from "./More";
import { Table } from "./Table";
import { TopicChoice } from "./TopicChoice";
import { useClosed } from "./use-closed";
import { topicWords } from "./words";

const HEADS = ["Customer", "Closed", "Topic", "Cause", "Helped last", "Solved?"];
export const LIST_ID = "closed-chats";

interface ClosedListProps {
  figures: Figures;
  reading: number;
  wanted: FindClosed;
  want: (wanted: FindClosed) => void;
}

export function ClosedList({ figures, reading, wanted, want }: ClosedListProps) {
  const [open, setOpen] = useState<ClosedChat | null>(null);
  const { chats, trouble, more } = useClosed({ period: figures.period, ...wanted }, reading);
  return (
    <section>
      <h2 id={LIST_ID} tabIndex={-1}>
        Closed chats
      </h2>
      <Filters figures={figures} wanted={wanted} want={want} />
      {chats?.length === 0 && <p class="soft">No closed chat fits that.</p>}
      {chats && chats.length > 0 && (
        <Table title="Closed chats" heads={HEADS}>
          {chats.map((chat) => (
            <Row key={chat.id} chat={chat} onOpen={() => setOpen(chat)} />
          ))}
        </Table>
      )}
      <More what="chats" loaded={chats} more={more} trouble={trouble} />
      {open && <ClosedReading chat={open} onClose={() => setOpen(null)} />}
    </section>
  );
}

function Row({ chat, onOpen }: { chat: ClosedChat; onOpen: () => void }) {
  return (
    <tr>
      <th scope="row">
        <button type="button" class="link-button" onClick={onOpen} aria-label={`Read the chat of ${nameOf(chat)}, closed ${dayAndTime(chat.closed_at)}`}>
          <bdi>{nameOf(chat)}</bdi>
        </button>
      </th>
      <td>{dayAndTime(chat.closed_at)}</td>
      <td>{topicWords(chat.topic ?? "none")}</td>
      <td class="wraps">
        <bdi>{chat.cause ?? "–"}</bdi>
      </td>
      <td>
        <bdi>{helperWords(chat)}</bdi>
      </td>
      <td>{voteWord(chat.solved)}</td>
    </tr>
  );
}

function Filters({ figures, wanted, want }: Omit<ClosedListProps, "reading">) {
  const set = (more: FindClosed) => want({ ...wanted, ...more });
  return (
    <form class="closed-filters" aria-label="Find closed chats" onSubmit={(event) => event.preventDefault()}>
      <TopicChoice chosen={wanted.topic ?? ""} choose={(topic) => set({ topic })} />
      <label>
        <span>Helped last</span>
        <select class="field" value={wanted.who ?? ""} onChange={(event) => set({ who: event.currentTarget.value })}>
          <option value="">Anybody</option>
          {figures.owners.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
          {wanted.who && figures.owners.every(({ key }) => key !== wanted.who) && <option value={wanted.who}>None in this time</option>}
        </select>
      </label>
      <label>
        <span>Solved?</span>
        <select class="field" value={wanted.vote ?? ""} onChange={(event) => set({ vote: voteOf(event.currentTarget.value) })}>
          <option value="">Any</option>
          <option value="no">No</option>
          <option value="yes">Yes</option>
          <option value="none">Without a vote</option>
        </select>
      </label>
      <CauseField words={wanted.cause ?? ""} find={(cause) => set({ cause })} />
      <label>
        <span>Day</span>
        <input class="field" type="date" value={wanted.day ?? ""} onChange={(event) => set({ day: event.currentTarget.value })} />
      </label>
    </form>
  );
}

/** Looked for on Enter or on leaving the field; what is being typed stays while the page is read again. */
function CauseField({ words, find }: { words: string; find: (cause: string) => void }) {
  const [typed, setTyped] = useState(words);
  useEffect(() => setTyped(words), [words]);
  return (
    <label>
      <span>Cause</span>
      <input class="field" type="search" maxLength={120} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} onChange={() => find(typed.trim())} />
    </label>
  );
}

function voteOf(chosen: string): FindClosed["vote"] {
  return chosen === "yes" || chosen === "no" || chosen === "none" ? chosen : null;
}
