/** Topics and outcomes in a rep's words. What isn't listed is shown as the desk names it, made readable. */

const TOPICS: Record<string, string> = {
  track_package: "Where is my package",
  late_delivery: "Late delivery",
  delivered_not_received: "Delivered, not received",
  cancel_order: "Cancel an order",
  change_address: "Change the address",
  return_item: "Return an item",
  refund_status: "Refund status",
  charge_after_return: "Charged after a return",
  billing_question: "Billing question",
  account_password: "Account or password",
  email_setup: "E-mail set-up",
  device_help: "Help with a device",
  digital_content: "Digital content",
  missing_coins: "Missing coins",
  complaint: "Complaint",
};

/** Topics that a conversation can be closed with: name and words. */
export const topicChoices: readonly (readonly [string, string])[] = [...Object.entries(TOPICS), ["other", "Something else"]];

/** A name of the desk's (`late_delivery`) in words ("Late delivery"). */
export function inWords(name: string): string {
  const known = TOPICS[name];
  if (known) return known;
  const spaced = name.replace(/_/g, " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
