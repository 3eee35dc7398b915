/** The rep leaves this computer. */
import type { Parts } from "./context";

type Leaving = Pick<Parts, "desk" | "account">;

/** At once with empty hands; else the rep is told first what becomes of their chats and files. */
export function signOut({ desk, account }: Leaving): void {
  if (desk.queue.value.mine.length + unsentFiles(desk) > 0) desk.panel.value = "sign_out";
  else leave({ desk, account });
}

/** Files that the desk doesn't have are forgotten at once, whether the desk can be told or not; drafts wait for the rep. */
export function leave({ desk, account }: Leaving): void {
  desk.uploads.wipe();
  void account.signOut();
}

/** How many files are still to go. */
export function unsentFiles({ uploads }: Parts["desk"]): number {
  return uploads.items.value.filter(({ file }) => file).length;
}
