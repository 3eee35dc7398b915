/** One file that someone picked, until the desk has it. Pure. */
import { type Answer, signedOut, worthRepeating } from "./ask";
import { MOST_BYTES, typeOf } from "./file-kinds";
import { newClientId } from "./ids";
import { STALE_MS } from "./outbox";

export interface Upload {
  client_id: string;
  /** Whose it is: a random word that the person's store keeps, and forgets with the person. */
  owner: string;
  /** Where it was picked; null before the first conversation is open. */
  conversation: string | null;
  name: string;
  /** Milliseconds since 1970, this browser's clock; each later than the one picked before it. */
  at: number;
  state: "pending" | "failed";
  /** How much has left, from 0 to 1. */
  share: number;
  /** Why it failed, in words for whoever picked it. */
  problem?: string;
  /** Null where only the word that it wasn't sent is left. */
  file: File | null;
  canRetry: boolean;
  /** Only whoever picked it sends it again: the desk refused it as things were, or it's old. */
  held?: boolean;
  /** Whether a reload finds it again; undefined until that's known. */
  kept?: boolean;
}

export interface UploadWords {
  kind: string;
  size: string;
  empty: string;
  lost: string;
  unreachable: string;
  stale: string;
  tooOld: string;
}

const TOO_OLD_MS = 24 * 3_600_000;
/** So long the word is kept that one wasn't sent. */
const FORGOTTEN_MS = 7 * TOO_OLD_MS;
/** Refused for what the file is: no other moment makes it better. */
const HOPELESS = [400, 413, 415, 422];

/** A picked file; one that can't be sent has failed already. */
export function picked(owner: string, conversation: string | null, file: File, at: number, words: UploadWords): Upload {
  const item = { client_id: newClientId(), owner, conversation, name: file.name, at, share: 0 };
  const problem = problemWith(file, words);
  return problem ? { ...item, state: "failed", problem, file: null, canRetry: false } : { ...item, state: "pending", file, canRetry: true };
}

/** What an answer that isn't ok makes of it. */
export function failing(answer: Answer<unknown>, words: UploadWords): Partial<Upload> {
  if (answer.kind !== "refused") return { state: "failed", problem: words.unreachable };
  const held = answer.status === 429 || !(worthRepeating(answer) || signedOut(answer));
  const gone = HOPELESS.includes(answer.status) ? { canRetry: false, file: null } : {};
  return { state: "failed", problem: answer.error.message, held, ...gone };
}

/** As it is when the page finds it again after a reload. */
export function found(item: Upload, words: UploadWords, now = Date.now()): Upload {
  const again = { ...item, share: 0, kept: true };
  const stale = !item.held && item.canRetry && now - item.at > STALE_MS;
  return stale ? { ...again, state: "failed", problem: words.stale, held: true } : again;
}

/** Without its file after a day, with a word about it; nothing at all after a week. */
export function aged(item: Upload, words: UploadWords, now = Date.now()): Upload[] {
  if (now - item.at > FORGOTTEN_MS) return [];
  const over = item.file !== null && now - item.at > TOO_OLD_MS;
  return [over ? { ...item, state: "failed", problem: words.tooOld, file: null, canRetry: false } : item];
}

/** Whether it goes out again by itself once the desk can be reached. */
export function goesAgain(item: Upload): boolean {
  return item.state === "failed" && item.canRetry && !item.held;
}

function problemWith(file: File, words: UploadWords): string | null {
  if (typeOf(file) === null) return words.kind;
  if (file.size > MOST_BYTES) return words.size;
  return file.size === 0 ? words.empty : null;
}
