/** The queue, the first in line first. */
import { now, since } from "../../shared/clock";
import type { QueueItem } from "../../wire";
import { aboutOf } from "../ListItem";
import { ChatCell, type Choosing } from "./ChatCell";
import { LongTable } from "./LongTable";

const HEADS = ["Place", "Customer", "Waits", "About", "Last words"];

export function WaitingNow({ waiting, total, ...choosing }: Choosing & { waiting: QueueItem[]; total: number }) {
  return (
    <section>
      <h2>
        Waiting <span class="count">{total}</span>
      </h2>
      {total === 0 && <p class="soft">Nobody is waiting.</p>}
      {total > 0 && <LongTable label="Waiting" heads={HEADS} rows={waiting} className="waiting-table" draw={(item) => <Row key={item.id} item={item} {...choosing} />} />}
      {total > waiting.length && <p class="soft">and {total - waiting.length} more behind them</p>}
    </section>
  );
}

function Row({ item, ...choosing }: Choosing & { item: QueueItem }) {
  return (
    <tr>
      <td>{item.place}</td>
      <th scope="row">
        <ChatCell id={item.id} name={item.customer_name} {...choosing} />
      </th>
      <td>{item.waiting_since && since(item.waiting_since, now.value)}</td>
      <td>{aboutOf(item)}</td>
      <td class="last-words">
        <bdi>{item.last_text}</bdi>
      </td>
    </tr>
  );
}
