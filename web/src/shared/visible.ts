/** Whether this page is before anybody's eyes. */
import { type Signal, signal } from "@preact/signals";

/** A signal that follows the page, and how to stop following. */
export function visibility(): { visible: Signal<boolean>; stop: () => void } {
  const visible = signal(document.visibilityState === "visible");
  const look = () => (visible.value = document.visibilityState === "visible");
  document.addEventListener("visibilitychange", look);
  return { visible, stop: () => document.removeEventListener("visibilitychange", look) };
}
