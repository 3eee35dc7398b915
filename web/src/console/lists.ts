/** The lists as the desk sends them, and as messages renew them. */
import type { Message, QueueItem, RepQueue } from "../wire";

/** Before the lists have come. */
export const NOBODY: RepQueue = {
  you: { pushed: false, away_since: null, breather_until: null, load: 0, held: 0, capacity: 0 },
  offer: null,
  waiting: [],
  due: [],
  mine: [],
  waiting_total: 0,
};

/** The lists with a customer's new words in them: the desk sends whole lists only when the queue itself changes. */
export function withNews(queue: RepQueue, message: Message): RepQueue {
  const isNews = (item: QueueItem) => item.id === message.conversation && (message.seq ?? 0) > item.head;
  if (message.author.kind !== "customer" || !queue.mine.some(isNews)) return queue;
  const news = { head: message.seq ?? 0, last_text: message.text, last_at: message.created_at };
  return { ...queue, mine: queue.mine.map((item) => (isNews(item) ? { ...item, ...news } : item)) };
}
