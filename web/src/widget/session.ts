/** Who this browser is to the desk: a session started from the shop's token (or anonymously), kept for reloads and other tabs. */
import { type Answer, type Ask, asker, worthRepeating } from "../shared/ask";
import { readJson, type Store } from "../shared/store";
import { OWNER_KEY } from "../shared/uploads";
import type { SessionStarted } from "../wire";
import { pageHeaders } from "./languages";

interface Kept {
  session: string;
  /** The shop's customer id, or null when anonymous. Read from the token without checking it: it only decides what this page forgets. */
  sub: string | null;
}

/** "expired": the shop's token is no longer good and no session of the same customer is running. */
export type Started = "ready" | "expired" | "unreachable";

const KEY = "session";

export class CustomerSession {
  #kept: Kept | null;

  constructor(
    readonly store: Store,
    /** All that was kept for this customer is being forgotten. */
    readonly onEnd: () => void = () => undefined,
    readonly ask: Ask = asker(() => this.headers()),
  ) {
    this.#kept = readJson(store, KEY) as Kept | null;
  }

  get token(): string | null {
    return this.#kept?.session ?? null;
  }

  /** Who asks, and from a page in which language. */
  headers(): Record<string, string> {
    return this.#kept ? { ...pageHeaders(), Authorization: `Bearer ${this.#kept.session}` } : pageHeaders();
  }

  /** Make this browser the customer that `identity` names (null: whoever it was, unless that was a named customer). */
  async start(identity: string | null): Promise<Started> {
    const sub = subOf(identity);
    if (this.#kept?.sub && this.#kept.sub !== sub) void this.end();
    if (!identity && this.#kept) return "ready";
    const answer = await this.#post(identity);
    if (answer.kind === "ok") return this.#keep({ session: answer.body.session, sub });
    if (worthRepeating(answer)) return "unreachable";
    // The shop's token runs out within the hour; the session that it started goes on.
    return this.#kept && this.#kept.sub === sub && identity ? "ready" : "expired";
  }

  /** The desk doesn't know the session any more: take the one that another tab has begun meanwhile, or begin anew. */
  async renew(identity: string | null): Promise<Started> {
    const stored = readJson(this.store, KEY) as Kept | null;
    const others = stored && stored.session !== this.token && stored.sub === subOf(identity);
    if (!others) this.#leaveFiles();
    this.#kept = others ? stored : null;
    return others ? "ready" : this.start(identity);
  }

  /** End the session at the desk, and forget here, at once, all that was kept for this customer. Done when the desk has answered. */
  async end(): Promise<void> {
    const told = this.#kept && this.ask("DELETE", "/api/sessions/current");
    this.store.keys().forEach((key) => this.store.remove(key));
    this.#forget();
    this.onEnd();
    await told;
  }

  async #post(identity: string | null): Promise<Answer<SessionStarted>> {
    const answer = await this.ask<SessionStarted>("POST", "/api/sessions", identity ? { identity } : {});
    const staleSession = answer.kind === "refused" && answer.error.code === "signed_out" && this.#kept;
    if (!staleSession) return answer;
    this.#leaveFiles();
    this.#forget();
    return this.ask("POST", "/api/sessions", identity ? { identity } : {});
  }

  #keep(kept: Kept): Started {
    this.#kept = kept;
    this.store.set(KEY, JSON.stringify(kept));
    return "ready";
  }

  /** The desk knew a customer without a name by this session only: whoever comes next is somebody else, and none of those files are theirs. */
  #leaveFiles(): void {
    if (!this.#kept?.sub) this.store.remove(OWNER_KEY);
  }

  #forget(): void {
    this.#kept = null;
    this.store.remove(KEY);
  }
}

/** The customer id that a token claims; null for none or an unreadable one. */
export function subOf(identity: string | null): string | null {
  try {
    const payload = (identity ?? "").split(".")[1] ?? "";
    const claims = JSON.parse(atob(payload.replace(/-/g, "+").replace(/_/g, "/"))) as { sub?: unknown };
    return typeof claims.sub === "string" ? claims.sub : null;
  } catch {
    return null;
  }
}
