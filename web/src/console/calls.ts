/** Calling customers: at once, how it went, and later at a time that was agreed on. */
import type { Method } from "../shared/ask";
import type { CallLater, CallMade, Dialled, TimesToCall } from "../wire";

export interface Calling {
  /** Take a step in a conversation; whether it worked. */
  act: (id: string, step: string, body: object) => Promise<boolean>;
  /** Ask about a conversation; null when it didn't work, which the rep is then told. */
  ask: <T>(method: Method, id: string, step: string, body?: object) => Promise<T | null>;
}

export class Calls {
  constructor(readonly calling: Calling) {}

  /** Call the customer by the phone system, or learn how to call. */
  dial = (id: string) => this.calling.ask<Dialled>("POST", id, "call", {});
  made = (id: string, how: CallMade) => this.calling.act(id, "call-attempts", how);
  /** When the customer could be called later, and by which number. */
  times = (id: string) => this.calling.ask<TimesToCall>("GET", id, "call-times");
  later = (id: string, agreed: CallLater) => this.calling.act(id, "call-later", agreed);
}
