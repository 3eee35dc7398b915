/** Who waits: the rep's own subjects first if they like, fifty at a time. */
import { useParts } from "./context";
import { List } from "./List";
import { ListItem } from "./ListItem";
import { whyNoRoom } from "./room";

export function WaitingList() {
  const { desk } = useParts();
  const { waiting_total, you } = desk.queue.value;
  const { shown, yours, hidden } = desk.waiting;
  const noRoom = waiting_total > 0 ? whyNoRoom(you) : null;
  return (
    <List id="waiting" title="Waiting" count={waiting_total} beside={waiting_total > 0 && <MineFirst />} empty="Nobody is waiting." note={noRoom}>
      {shown.value.map((item, index) => (
        <ListItem key={item.id} item={item} below={yours.value > 0 && index === yours.value ? "Other subjects" : null} />
      ))}
      {hidden.value > 0 && (
        <li class="list-more">
          <button type="button" class="link-button" onClick={() => desk.waiting.showMore()}>
            Show more ({hidden.value} below)
          </button>
        </li>
      )}
    </List>
  );
}

function MineFirst() {
  const { waiting } = useParts().desk;
  return (
    <label class="mine-first">
      <input type="checkbox" checked={waiting.mineFirst.value} onChange={(event) => waiting.setMineFirst(event.currentTarget.checked)} />
      My subjects first
    </label>
  );
}
