/** Left: the rep's own chats, what was promised and is due, and who waits. J and K or the arrows move, Enter claims or opens. */
import { useParts } from "./context";
import { List } from "./List";
import { ListItem } from "./ListItem";
import { OwnState } from "./OwnState";
import { Person } from "./Person";
import { ShiftBanner } from "./shift/ShiftBanner";
import { StrandedFiles } from "./StrandedFiles";
import { WaitingList } from "./WaitingList";

export function Lists() {
  return (
    <nav class="lists" aria-label="Chats">
      <Person />
      <ShiftBanner />
      <OwnState />
      <div class="lists-all">
        <StrandedFiles />
        <Mine />
        <Due />
        <WaitingList />
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
