/** What the head of the chat says: who is helping, where in line, and which steps are open. Pure. */
import type { CustomerView, WaitRange } from "../wire";
import { promiseWords } from "./Promised";
import { strings } from "./strings";

export interface Status {
  kind: "bot" | "queue" | "rep" | "none";
  name: string;
  detail: string;
  /** How long it may take; empty where nothing is known. */
  range: string;
}

/** The status in words. Before there's a conversation the bot is the one who'd answer. */
export function statusOf(view: CustomerView | null): Status {
  const range = view?.state === "waiting" && view.reps_here > 0 && view.wait ? rangeWords(view.wait) : "";
  return { ...ownerOf(view), range };
}

/** "8 of 10 people waited less than 4 minutes", and that it's longer than was said first where it is. */
function rangeWords({ high_s, over }: WaitRange): string {
  if (high_s === null) return over ? strings.waitLonger : "";
  const time = timeWords(high_s / 60);
  return over ? strings.waitRangeLonger(time) : strings.waitRange(time);
}

function timeWords(minutes: number): string {
  if (minutes < 60) return strings.minutes(minutes);
  return minutes % 60 === 0 ? strings.hours(minutes / 60) : strings.halfHours(Math.floor(minutes / 60));
}

function ownerOf(view: CustomerView | null): Omit<Status, "range"> {
  switch (view?.state) {
    case "waiting":
      return { kind: "queue", name: strings.inLine, detail: waitingWords(view) };
    case "with_rep":
      return { kind: "rep", name: view.owner.name ?? strings.aPerson, detail: strings.withRep };
    case "promised":
      return { kind: "queue", name: strings.promisedTitle, detail: view.promise ? promiseWords(view.promise) : strings.promised };
    case "closed":
      return { kind: "none", name: strings.closed, detail: view.can_reopen ? strings.closedDetail : strings.closedForGood };
    default:
      return { kind: "bot", name: strings.theBot, detail: strings.withBot };
  }
}

function waitingWords(view: CustomerView): string {
  if (view.reps_here === 0 && view.opens_at) return strings.closedUntil(strings.dayAndTime(new Date(view.opens_at)));
  if (view.reps_here === 0) return strings.nobodyHere;
  if (view.place === null) return strings.waitingSomewhere;
  return view.place === 1 ? strings.waitingFirst : strings.waiting(view.place);
}
