// @vitest-environment node
import { expect, test } from "vitest";
import { fieldsOf, filled, gapsIn, oddBraces } from "../src/console/fields";
import { slashBefore } from "../src/console/macros";
import type { CardShipment, OrderCard } from "../src/wire";
import { ruthsView } from "./people";

const parcel = (tracking_number: string, more: Partial<CardShipment> = {}): CardShipment => ({
  carrier: "Swift",
  tracking_number,
  status: "in_transit",
  promised_at: "2026-06-04T12:00:00Z",
  expected_at: "2026-06-05T12:00:00Z",
  delivered_at: null,
  scans: [],
  ...more,
});
const card = { number: "A-104233", shipments: [parcel("TR-1", { delivered_at: "2026-06-02T12:00:00Z" }), parcel("TR-2")] } as unknown as OrderCard;

test("the parcel that hasn't arrived fills the fields", () => {
  const fields = fieldsOf(ruthsView(), card, "Ruth");
  expect(filled("{customer_name}, {order}: {tracking_number} on {expected_day}. {rep}", fields)).toBe("Ana, A-104233: TR-2 on Friday 5 June. Ruth");
});

test("what isn't known or has no name here keeps its braces, each once", () => {
  const text = filled("{order} {voucher} {order}", fieldsOf(ruthsView(), null, "Ruth"));
  expect(text).toBe("{order} {voucher} {order}");
  expect(gapsIn(text)).toEqual(["{order}", "{voucher}"]);
});

test("misspelt fields are gaps too, so that none reaches a customer", () => {
  const text = filled("Dear {Customer_Name} {customer name}, {constructor} { order }", fieldsOf(ruthsView(), card, "Ruth"));
  expect(gapsIn(text)).toEqual(["{Customer_Name}", "{customer name}", "{constructor}", "{ order }"]);
});

test.each([
  ["Ana Marek", "Ana"],
  [" Ana ", "Ana"],
  ["José-Luis Ortega y Gasset", "José-Luis"],
  ["Dr. Marek", null],
  ["mrs Marek", null],
  ["A. Marek", null],
  ["Marek, Ana", null],
  ["", null],
])("of %j the first name is %j", (customer_name, first) => {
  const view = ruthsView({ brief: { ...ruthsView().brief, customer_name } });
  expect(fieldsOf(view, null, "Ruth").first_name).toBe(first);
});

test("what nothing fills is found, also half a pair of braces", () => {
  expect(oddBraces("{order} {Order} {order} } {", ["order"])).toEqual(["{Order}", "}", "{"]);
});

test("a customer's name with signs in it is taken as it is", () => {
  const view = ruthsView({ brief: { ...ruthsView().brief, customer_name: "$& {rep}" } });
  expect(filled("Dear {customer_name}", fieldsOf(view, null, "Ruth"))).toBe("Dear $& {rep}");
});

test("an empty tracking number is none", () => expect(fieldsOf(null, { ...card, shipments: [parcel("")] }, null).tracking_number).toBeNull());

test.each([
  ["/", 1, ""],
  ["/la", 3, "la"],
  ["/la", 2, "l"],
  ["hello\n/la", 9, "la"],
  ["either/or", 9, null],
  ["/la te", 6, null],
])("in %j at %d the slash names %j", (text, cursor, name) => expect(slashBefore(text, cursor)).toBe(name));
