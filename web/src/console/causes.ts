/** What usually causes a topic, most usual first: at most nine, one for each number key. A rep may write another. */

const OTHER = ["Customer's question answered", "Page unclear"];
const CARRIER = ["Carrier was late", "Carrier lost it", "Weather", "Scan was wrong", "Packed late"];
const MONEY = ["Charge text unclear", "Charged twice", "Refund took long", "Bank is slow", "Wrong amount"];

const CAUSES: Record<string, readonly string[]> = {
  track_package: CARRIER,
  late_delivery: CARRIER,
  delivered_not_received: ["Left with a neighbour", "Carrier lost it", "Scan was wrong", "Wrong address", "Stolen"],
  cancel_order: ["Ordered by mistake", "Came too late", "Found it cheaper", "Already sent"],
  change_address: ["Address mistyped", "Customer moved", "Already sent"],
  return_item: ["Didn't fit", "Not as described", "Packed wrongly", "Arrived damaged", "Device fault"],
  refund_status: ["Refund took long", "Return not scanned", "Bank is slow", "Wrong amount"],
  charge_after_return: ["Return not scanned", "Refund took long", "Charge text unclear", "Charged twice"],
  billing_question: MONEY,
  account_password: ["Mail with the link missing", "Wrong e-mail address", "Locked after tries", "Phone was changed"],
  email_setup: ["Wrong server name", "Wrong password", "Provider's fault"],
  device_help: ["Device fault", "Set up wrongly", "Instructions unclear", "Update failed"],
  digital_content: ["Other account", "Download failed", "Device not linked"],
  missing_coins: ["Coins came late", "Other account", "Purchase failed"],
  complaint: ["Packed wrongly", "Carrier was late", "Answered too late", "Shop's rules"],
};

/** The usual causes of a topic; of none in particular, those that come up everywhere. */
export function usualCauses(topic: string): readonly string[] {
  return [...(CAUSES[topic] ?? ["Carrier was late", "Packed wrongly", "Device fault", "Shop's rules"]), ...OTHER].slice(0, 9);
}
