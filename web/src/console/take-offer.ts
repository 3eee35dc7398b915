/** Taking what is offered, by key or by button: the chat is shown, and the keyboard is in its box. */
import { focusComposer } from "./box";
import type { Desk } from "./desk";
import { showChats } from "./pages";

export async function takeOffer(desk: Desk): Promise<void> {
  if (!(await desk.offered.take())) return;
  showChats();
  focusComposer();
}
