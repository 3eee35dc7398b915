/** The session that the link in a mail opens: it sees one chat, and when it's over there's no new one without another link. */
import { type Answer, asker } from "../shared/ask";
import type { Store } from "../shared/store";
import { OWNER_KEY } from "../shared/uploads";
import { pageHeaders } from "../widget/languages";
import { CustomerSession, type Started } from "../widget/session";
import type { CameBack } from "../wire";

const KEY = "session";

export class LinkSession extends CustomerSession {
  override start(): Promise<Started> {
    return Promise.resolve(this.token ? "ready" : "expired");
  }

  override renew(): Promise<Started> {
    this.store.remove(KEY);
    this.store.remove(OWNER_KEY);
    return Promise.resolve("expired");
  }
}

/** Use the link up; the session that it opens is kept in the store, in the place of an older one with all that was kept for it. */
export async function useLink(token: string, store: Store): Promise<Answer<CameBack>> {
  const answer = await asker(pageHeaders)<CameBack>("POST", "/api/links/chat", { token });
  if (answer.kind !== "ok") return answer;
  store.keys().forEach((key) => store.remove(key));
  store.set(KEY, JSON.stringify({ session: answer.body.session, sub: null }));
  return answer;
}

/** Whether a link was used in this browser before, so that its chat may still be open. */
export function cameBefore(store: Store): boolean {
  return store.get(KEY) !== null;
}
