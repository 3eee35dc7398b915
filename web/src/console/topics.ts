/** Topics and outcomes in a rep's words. What isn't listed is shown as the desk names it, made readable. */
import list from "../../../handoff/topics.json";

interface Topic {
  words: string;
  /** What usually causes it, most usual first. */
  causes: readonly string[];
}

/** The desk's own list, by which it judges what a conversation is closed with (`handoff/topics.py`). */
export const known: { topics: Readonly<Record<string, Topic>>; of_any_topic: readonly string[] } = list;

/** Topics that a conversation can be closed with: name and words. */
export const topicChoices: readonly (readonly [string, string])[] = Object.entries(known.topics).map(([name, { words }]) => [name, words]);

/** A name of the desk's (`late_delivery`) in words ("Late delivery"). */
export function inWords(name: string): string {
  const words = known.topics[name]?.words;
  if (words) return words;
  const spaced = name.replace(/_/g, " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
