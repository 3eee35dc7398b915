/** The sound of an alert. A browser lets a page make one only after somebody has clicked or typed in it. */
import { chime } from "../../shared/chime";

const GESTURES = ["pointerdown", "keydown"] as const;

export class Bell {
  #context: AudioContext | null = null;

  /** Wait for the first click or key; returns how to stop. */
  start(): () => void {
    const wake = () => {
      this.#wake();
      stop();
    };
    const stop = () => GESTURES.forEach((gesture) => document.removeEventListener(gesture, wake, true));
    GESTURES.forEach((gesture) => document.addEventListener(gesture, wake, true));
    return stop;
  }

  /** Heard if somebody has clicked or typed in this page. */
  ring(): void {
    if (this.#context) chime(this.#context);
  }

  #wake(): void {
    if (typeof AudioContext !== "undefined") this.#context ??= new AudioContext();
  }
}
