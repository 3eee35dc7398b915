/** Taking what is offered, by key or by button: the chat is shown, and the keyboard is in its box. */
import { focusComposer } from "./box";
import type { Desk } from "./desk";
import { openDialogs } from "./open-dialogs";
import { showChats } from "./pages";

/** With a dialog open the chat only joins the rep's list: what is being filled in belongs to another one. */
export async function takeOffer(desk: Desk): Promise<void> {
  const taken = await desk.offered.take();
  if (!taken || openDialogs.value > 0) return;
  showChats();
  desk.open(taken);
  focusComposer();
}
