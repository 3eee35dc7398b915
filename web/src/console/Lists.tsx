/** Left: the rep's own chats, what was promised and is due, and who waits. J and K or the arrows move, Enter claims or opens. */
import type { ComponentChildren } from "preact";
import { useParts } from "./context";
import { ListItem } from "./ListItem";
import { OwnState } from "./OwnState";
import { Person } from "./Person";
import { whyNoRoom } from "./room";
import { ShiftBanner } from "./shift/ShiftBanner";

export function Lists() {
  return (
    <nav class="lists" aria-label="Chats">
      <Person />
      <ShiftBanner />
      <OwnState />
      <div class="lists-all">
        <Mine />
        <Due />
        <Waiting />
      </div>
      <Keys />
    </nav>
  );
}

function Mine() {
  const { desk } = useParts();
  const { mine, you } = desk.queue.value;
  const unread = desk.seen.unread().length;
  const pushed = you.pushed && you.away_since === null;
  return (
    <List
      id="mine"
      title="My chats"
      count={mine.length}
      beside={unread > 0 && <span class="unread-count">{unread} unread</span>}
      empty={pushed ? "You have no chats. One is offered to you as soon as there is one for you." : "You have no chats. Claim one from the list below."}
    >
      {mine.map((item, index) => (
        <ListItem key={item.id} item={item} shortcut={index < 9 ? index + 1 : null} />
      ))}
    </List>
  );
}

function Due() {
  const { due } = useParts().desk.queue.value;
  if (due.length === 0) return null;
  return (
    <List id="due" title="Due" count={due.length} empty="">
      {due.map((item) => (
        <ListItem key={item.id} item={item} />
      ))}
    </List>
  );
}

function Waiting() {
  const { waiting, waiting_total, you } = useParts().desk.queue.value;
  const noRoom = waiting_total > 0 ? whyNoRoom(you) : null;
  return (
    <List id="waiting" title="Waiting" count={waiting_total} empty="Nobody is waiting." note={noRoom}>
      {waiting.map((item) => (
        <ListItem key={item.id} item={item} />
      ))}
      {waiting_total > waiting.length && <li class="list-empty">and {waiting_total - waiting.length} more</li>}
    </List>
  );
}

interface ListProps {
  id: string;
  title: string;
  count: number;
  /** Beside the title. */
  beside?: ComponentChildren;
  /** Below it. */
  note?: string | null;
  empty: string;
  children: ComponentChildren;
}

function List({ id, title, count, beside, note, empty, children }: ListProps) {
  const { desk } = useParts();
  return (
    <section class={`list list-${id}`} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} class="list-title">
        {title} <span class="count">{count}</span> {beside}
      </h2>
      {note && <p class="list-empty">{note}</p>}
      <ul>{children}</ul>
      {count === 0 && desk.known.value && <p class="list-empty">{empty}</p>}
    </section>
  );
}

function Keys() {
  const { desk } = useParts();
  return (
    <p class="keys">
      <span>
        <kbd>J</kbd> <kbd>K</kbd> move
      </span>
      <span>
        <kbd>Enter</kbd> claim or open
      </span>
      <span>
        <kbd>Ctrl</kbd>+<kbd>K</kbd> find anything
      </span>
      <button type="button" class="link-button" onClick={() => (desk.panel.value = "sheet")}>
        <kbd>?</kbd> all keys
      </button>
    </p>
  );
}
