/** The {fields} of ready answers: filled from the customer and the order card; what can't be filled stays marked. */
import type { CardShipment, OrderCard, RepView } from "../wire";

export type Fields = Readonly<Record<string, string | null>>;

const FIELD = /\{([a-z_]+)\}/g;

/** What is known; null for what isn't. */
export function fieldsOf(view: RepView | null, card: OrderCard | null, rep: string | null): Fields {
  const parcel = card ? parcelInQuestion(card.shipments) : null;
  return {
    customer_name: known(view?.brief.customer_name),
    order: known(card?.number ?? view?.brief.order_id),
    tracking_number: known(parcel?.tracking_number),
    expected_day: parcel?.expected_at ? dayInWords(parcel.expected_at) : null,
    rep: known(rep),
  };
}

/** The text with what is known; other fields keep their braces. */
export function filled(text: string, fields: Fields): string {
  return text.replace(FIELD, (braced, name: string) => fields[name] ?? braced);
}

/** The fields that still stand in a text, each once. */
export function gapsIn(text: string): string[] {
  return [...new Set(text.match(FIELD) ?? [])];
}

function known(value: string | null | undefined): string | null {
  return value?.trim() ? value : null;
}

/** The one that hasn't arrived; else the first. */
function parcelInQuestion(shipments: readonly CardShipment[]): CardShipment | null {
  return shipments.find((shipment) => !shipment.delivered_at) ?? shipments[0] ?? null;
}

/** "Friday 13 November". */
function dayInWords(iso: string): string {
  return new Date(iso).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
}
