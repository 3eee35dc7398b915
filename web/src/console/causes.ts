/** What usually causes a topic, most usual first: at most nine, one for each number key. A rep may write another. */
import { known } from "./topics";

const MOST = 9;

/** The usual causes of a topic; of one that isn't listed, those that come up everywhere. */
export function usualCauses(topic: string): readonly string[] {
  const own = known.topics[topic] ?? known.topics.other;
  return [...(own?.causes ?? []), ...known.of_any_topic].slice(0, MOST);
}
