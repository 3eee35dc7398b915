/** Left: who waits, what was promised and is due, and the rep's own chats. J and K or the arrows move, Enter claims or opens. */
import type { ComponentChildren } from "preact";
import { useParts } from "./context";
import { ListItem } from "./ListItem";
import { OwnState } from "./OwnState";
import { Person } from "./Person";
import { ShiftBanner } from "./shift/ShiftBanner";

export function Lists() {
  const { desk } = useParts();
  const { waiting, due, mine, waiting_total, you } = desk.queue.value;
  const pushed = you.pushed && you.away_since === null;
  return (
    <nav class="lists" aria-label="Chats">
      <Person />
      <ShiftBanner />
      <OwnState />
      <div class="lists-scroll">
        <List id="waiting" title="Waiting" count={waiting_total} empty="Nobody is waiting.">
          {waiting.map((item) => (
            <ListItem key={item.id} item={item} />
          ))}
        </List>
        {waiting_total > waiting.length && <p class="list-empty">and {waiting_total - waiting.length} more</p>}
        {due.length > 0 && (
          <List id="due" title="Due" count={due.length} empty="">
            {due.map((item) => (
              <ListItem key={item.id} item={item} />
            ))}
          </List>
        )}
        <List id="mine" title="My chats" count={mine.length} empty={pushed ? "You have no chats. One is offered to you as soon as there is one for you." : "You have no chats. Claim one from the list above."}>
          {mine.map((item, index) => (
            <ListItem key={item.id} item={item} shortcut={index < 9 ? index + 1 : null} />
          ))}
        </List>
      </div>
      <Keys />
    </nav>
  );
}

interface ListProps {
  id: string;
  title: string;
  count: number;
  empty: string;
  children: ComponentChildren;
}

function List({ id, title, count, empty, children }: ListProps) {
  const { desk } = useParts();
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} class="list-title">
        {title} <span class="count">{count}</span>
      </h2>
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
