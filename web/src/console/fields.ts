/** The {fields} of ready answers: filled from the customer and the order card; what can't be filled stays marked. */
import type { CardShipment, MacroField, OrderCard, RepView } from "../wire";

export type Fields = Readonly<Record<MacroField, string | null>>;

/** Anything in braces, so that no misspelt field ever reaches a customer. */
const BRACED = /\{([^{}\n]{1,40})\}/g;
const TITLE = /^(?:mrs?|ms|mx|miss|sir|dr|prof|.*\.|.)$/i;

/** What is known; null for what isn't. */
export function fieldsOf(view: RepView | null, card: OrderCard | null, rep: string | null): Fields {
  const parcel = card ? parcelInQuestion(card.shipments) : null;
  return {
    customer_name: known(view?.brief.customer_name),
    first_name: firstName(view?.brief.customer_name ?? ""),
    order: known(card?.number ?? view?.brief.order_id),
    tracking_number: known(parcel?.tracking_number),
    expected_day: parcel?.expected_at ? dayInWords(parcel.expected_at) : null,
    rep: known(rep),
  };
}

/** The text with what is known; other fields keep their braces. */
export function filled(text: string, fields: Fields): string {
  return text.replace(BRACED, (braced, name: string) => (isField(name, fields) ? fields[name] : null) ?? braced);
}

/** The fields that still stand in a text, each once. */
export function gapsIn(text: string): string[] {
  return [...new Set(text.match(BRACED) ?? [])];
}

/** Braces that nothing fills in: none of these fields, or not a pair. */
export function oddBraces(text: string, fields: readonly string[]): string[] {
  return (text.match(/\{[^{}]*\}|[{}]/g) ?? []).filter((found) => !fields.includes(found.slice(1, -1)));
}

function isField(name: string, fields: Fields): name is MacroField {
  return Object.hasOwn(fields, name);
}

/** "Ana" of "Ana Marek"; null where it can't be told: "Dr. Marek", "Marek, Ana". */
function firstName(name: string): string | null {
  const [first = ""] = name.trim().split(/\s+/);
  return name.includes(",") || TITLE.test(first) ? null : known(first);
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
