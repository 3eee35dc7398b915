/** Where the network lets no WebSocket through, the lists are asked for: what is offered must be seen to be taken. */
import { effect } from "@preact/signals";
import type { Desk } from "./desk";

const EVERY_MS = 5_000;

/** Ask while the line is blocked; returns how to stop. */
export function pollWhileBlocked(desk: Desk): () => void {
  return effect(() => {
    if (desk.line.value !== "blocked") return;
    const timer = setInterval(() => void desk.readQueue(), EVERY_MS);
    return () => clearInterval(timer);
  });
}
