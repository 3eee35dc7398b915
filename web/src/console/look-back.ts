/** Reading a chat of before: the desk puts the look on record, and then gives all that was said. */
import type { Signal } from "@preact/signals";
import { type Ask, UNREACHABLE, wordsOf } from "../shared/ask";
import { Follower } from "../shared/follow";
import type { Timeline } from "../shared/timeline";
import type { MessagePage, PastOpened, RepView } from "../wire";

/** What the desk answers a look with: the notes, and of a past chat what is listed of it. */
export type Looked = Pick<RepView, "notes"> & Partial<PastOpened>;

/** Look at the chat at `path` and fill `timeline`; `onSeen` gets what the desk shows of it. What didn't work, in words, else null. */
export async function lookBack(ask: Ask, path: string, timeline: Signal<Timeline>, onSeen: (seen: Looked) => void): Promise<string | null> {
  const answer = await ask<Looked>("POST", `${path}/look`, {});
  if (answer.kind !== "ok") return wordsOf(answer, UNREACHABLE);
  onSeen(answer.body);
  const whole = await new Follower(timeline, (after) => ask<MessagePage>("GET", `${path}/messages?after=${after}`)).catchUp();
  return whole ? null : UNREACHABLE;
}
