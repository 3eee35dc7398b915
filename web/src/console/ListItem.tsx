/** One row of the lists: who, what about, how long they've waited, and their last words. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { now, since } from "../shared/clock";
import type { QueueItem } from "../wire";
import { focusComposer } from "./box";
import { useParts } from "./context";
import { actOf } from "./keymap";
import { Needs } from "./Needs";
import { shortWindow } from "./promise-words";
import { whyNoRoom } from "./room";
import { inWords } from "./topics";

/** A wait that deserves a warmer colour. */
const LONG_WAIT_MS = 5 * 60_000;
/** So long without an answer is long in a chat that has somebody. */
const LONG_SILENCE_MS = 2 * 60_000;
/** A promise that is due should be kept within a minute. */
const CALL_WITHIN_MS = 60_000;

interface ListItemProps {
  item: QueueItem;
  shortcut?: number | null;
  /** The heading that begins with this row. */
  below?: string | null;
}

export function ListItem({ item, shortcut = null, below = null }: ListItemProps) {
  const { desk } = useParts();
  const row = useInView(desk.selected.value === item.id, desk.openings.value);
  const waits = item.state === "waiting" || item.state === "promised";
  const unread = !waits && desk.seen.isUnread(item);
  const claim = () => void desk.claim(item.id).then((mine) => mine && focusComposer());
  const open = () => desk.open(item.id);
  const onKeyDown = (event: KeyboardEvent) => {
    if (actOf("lists", event) !== "take") return;
    event.preventDefault();
    if (waits) claim();
    else open();
    focusComposer();
  };
  return (
    <li class={unread ? "item unread" : "item"}>
      {below && <p class="list-part">{below}</p>}
      <button type="button" class="row" ref={row} aria-current={desk.selected.value === item.id} onClick={open} onKeyDown={onKeyDown}>
        <span class="row-top">
          <bdi class="row-name">{item.customer_name ?? "A visitor"}</bdi>
          {unread && <span class="hidden-words">, unread</span>}
          <span class="row-time">
            <Waited item={item} /> {shortcut && <kbd>{shortcut}</kbd>}
          </span>
        </span>
        {waits && <Needs item={item} />}
        {(waits || item.topic) && <span class="row-about">{aboutOf(item)}</span>}
        {item.promise?.kind === "call_back" && <span class="row-about">{shortWindow(item.promise, now.value)}</span>}
        <span class="row-words">
          <bdi>{item.last_text}</bdi>
        </span>
      </button>
      {waits && whyNoRoom(desk.queue.value.you) === null && (
        <button type="button" class="button row-claim" tabIndex={-1} aria-label={`Claim ${item.customer_name ?? "this visitor"}`} onClick={claim}>
          Claim
        </button>
      )}
    </li>
  );
}

/** Keeps a row where it can be seen when its chat is opened, or moves to another list while it's open. */
function useInView(selected: boolean, openings: number) {
  const row = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (selected) row.current?.scrollIntoView?.({ block: "nearest" });
  }, [selected, openings]);
  return row;
}

/** How long it has been waiting: to be kept if it's promised, for an answer if it's the rep's own, else in line. */
function Waited({ item: { promise, unanswered_since, waiting_since } }: { item: QueueItem }) {
  const from = promise?.from ?? unanswered_since ?? waiting_since;
  if (!from) return null;
  const [words, long] = promise ? ["due for ", CALL_WITHIN_MS] : unanswered_since ? ["waits for your answer ", LONG_SILENCE_MS] : ["waiting ", LONG_WAIT_MS];
  return (
    <span class={now.value - Date.parse(from) > long ? "waited long" : "waited"}>
      <span class="hidden-words">{words}</span>
      {since(from, now.value)}
    </span>
  );
}

/** What it is about and, while it waits, why. */
export function aboutOf(item: QueueItem): string {
  const topic = item.topic ? inWords(item.topic) : "No topic yet";
  if (item.promise) return `${topic} · ${item.promise.kind === "call_back" ? "call them" : "answer them"}`;
  if (item.state !== "waiting" || !item.reason) return topic;
  const reason = REASONS[item.reason] ?? inWords(item.reason).toLowerCase();
  const upset = item.upset && item.reason !== "tone" ? "sounds upset, " : "";
  return `${topic} · ${upset}${reason}`;
}

const REASONS: Record<string, string> = {
  asked: "asked for a person",
  misunderstood: "bot didn't understand",
  bot_down: "bot was down",
  tone: "sounds upset",
  abuse: "swore at the bot",
  not_solved: "bot didn't solve it",
  other_language: "another language",
  policy: "shop's rules",
  order_not_found: "order not found",
  shop_down: "shop's system down",
  missing_parcel: "parcel is missing",
  order_problem: "trouble with the order",
  cancel: "wants to cancel",
  change_address: "wants another address",
  return: "about a return",
  refund: "about a refund",
  billing: "charge not explained",
  coins: "coins didn't arrive",
  device: "device still doesn't work",
  content: "book or film is missing",
  account: "can't get into the account",
  reopened: "reopened",
  release: "handed back",
  rep_lost: "rep's connection lost",
  shift_end: "rep's shift ended",
  transfer: "passed on by a colleague",
};
