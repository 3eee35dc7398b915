/** The order card: what the shop knows about the order, parcel by parcel and charge by charge. */
import type { CardMoney, CardShipment, OrderCard } from "../wire";
import { dayAndTime, money, shortDay } from "./formats";
import type { RepChat } from "./rep-chat";
import { inWords } from "./topics";

export function Card({ chat }: { chat: RepChat }) {
  const state = chat.card.value;
  return (
    <section aria-busy={state.kind === "asked"}>
      <h2>Order</h2>
      {state.kind === "asked" && <p class="soft">Asking the shop</p>}
      {state.kind === "failed" && (
        <p class="soft">
          {state.words}{" "}
          {state.canRetry && (
            <button type="button" class="link-button" onClick={() => void chat.readCard()}>
              Try again
            </button>
          )}
        </p>
      )}
      {state.kind === "there" && (
        <>
          {namesNone(chat) && state.card.number === state.card.recent[0] && <p class="soft">No order was named. This is their newest.</p>}
          <Order card={state.card} onPick={(order) => void chat.readCard(order)} />
        </>
      )}
    </section>
  );
}

const namesNone = ({ view }: RepChat) => view.value?.brief.order_id === null;

function Order({ card, onPick }: { card: OrderCard; onPick: (order: string) => void }) {
  return (
    <div class="card">
      {card.missing && (
        <p class="soft">
          The chat is about order <bdi>{card.missing}</bdi>, which isn&rsquo;t on this customer&rsquo;s account. This is their newest one.
        </p>
      )}
      <p class="card-top">
        <bdi class="card-number">{card.number}</bdi>
        <Badge status={card.status} />
      </p>
      <p class="soft">
        Placed {shortDay(card.placed_at)} · {money(card.total_cents, card.currency)}
      </p>
      <ul class="card-items">
        {card.items.map((item, index) => (
          <li key={index}>
            <span>
              {item.quantity} × <bdi>{item.title}</bdi>
            </span>
            <span class="amount">{money(item.price_cents * item.quantity, card.currency)}</span>
          </li>
        ))}
      </ul>
      {card.shipments.map((shipment, index) => (
        <Parcel key={shipment.tracking_number || index} shipment={shipment} />
      ))}
      <MoneyList title="Charges" rows={card.charges} />
      <MoneyList title="Returns" rows={card.returns} />
      <MoneyList title="Refunds" rows={card.refunds} />
      <MoneyList title="App purchases" rows={card.purchases} />
      <OtherOrders shown={card.number} orders={card.recent} onPick={onPick} />
    </div>
  );
}

const TROUBLE = new Set(["late", "lost", "failed", "exception", "delayed", "weather_delayed", "disputed", "declined"]);

function Badge({ status }: { status: string }) {
  return <span class={TROUBLE.has(status) ? "badge badge-warn" : "badge"}>{inWords(status)}</span>;
}

function Parcel({ shipment }: { shipment: CardShipment }) {
  const newestFirst = [...shipment.scans].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <div class="parcel">
      <h3>
        <bdi>{shipment.carrier}</bdi> <Badge status={shipment.status} /> {isLate(shipment) && <Badge status="late" />}
      </h3>
      {shipment.tracking_number && (
        <p class="soft">
          <bdi>{shipment.tracking_number}</bdi>
        </p>
      )}
      {!OVER.has(shipment.status) && <p class="soft">{daysOf(shipment)}</p>}
      <ol class="scans">
        {newestFirst.map((scan, index) => (
          <li key={index}>
            <bdi>{scan.words}</bdi>
            <span class="soft">
              {scan.place && <bdi>{scan.place}, </bdi>}
              <time dateTime={scan.at}>{dayAndTime(scan.at)}</time>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** On its way no longer. */
const OVER = new Set(["returned", "cancelled"]);

/** Not there on the promised day, or not to be expected by then. */
function isLate({ promised_at, expected_at, delivered_at, status }: CardShipment): boolean {
  if (OVER.has(status)) return false;
  const arrives = delivered_at ?? expected_at;
  const soonest = Math.max(arrives ? Date.parse(arrives) : 0, delivered_at ? 0 : Date.now());
  return soonest > Date.parse(promised_at);
}

function daysOf(shipment: CardShipment): string {
  const { promised_at, expected_at, delivered_at } = shipment;
  const promised = `promised ${shortDay(promised_at)}`;
  if (delivered_at) return `Delivered ${shortDay(delivered_at)}${isLate(shipment) ? `, ${promised}` : ""}`;
  if (!expected_at) return `No date known, ${promised}`;
  return `Expected ${shortDay(expected_at)}, ${promised}`;
}

function MoneyList({ title, rows }: { title: string; rows: CardMoney[] }) {
  if (rows.length === 0) return null;
  return (
    <div class="money">
      <h3>{title}</h3>
      <ul>
        {rows.map((row, index) => (
          <li key={index}>
            <span>
              <bdi>{row.what}</bdi>
              <span class="soft">
                {" "}
                {shortDay(row.at)}, {inWords(row.status).toLowerCase()}
              </span>
            </span>
            <span class="amount">{money(row.cents, row.currency)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function OtherOrders({ shown, orders, onPick }: { shown: string; orders: string[]; onPick: (order: string) => void }) {
  const others = orders.filter((order) => order !== shown);
  if (others.length === 0) return null;
  return (
    <div class="others">
      <h3>Other orders</h3>
      <p>
        {others.map((order) => (
          <button key={order} type="button" class="link-button" onClick={() => onPick(order)}>
            {order}
          </button>
        ))}
      </p>
    </div>
  );
}
