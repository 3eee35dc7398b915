/** The rep leaves this computer. */
import type { Parts } from "./context";

/** Files that the desk doesn't have are forgotten at once, whether the desk can be told or not; drafts wait for the rep. */
export function signOut({ desk, account }: Pick<Parts, "desk" | "account">): void {
  desk.uploads.wipe();
  void account.signOut();
}
