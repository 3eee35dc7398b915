/** What stands in the box, told to the rep who helps: only while the chat says `preview`, which the customer reads there. */

const TELL_EVERY_MS = 700;
const MOST_CHARACTERS = 2_000;

export class Preview {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #text = "";
  #told = "";

  /** `isOn` is asked each time before anything is sent. */
  constructor(
    readonly isOn: () => boolean,
    readonly send: (text: string) => void,
  ) {}

  /** The box was changed; its words go out soon, the newest of them only. */
  change(text: string): void {
    this.#text = firstOf(text);
    if (this.isOn()) this.#timer ??= setTimeout(() => this.#tell(), TELL_EVERY_MS);
  }

  /** The box is empty, as its words were sent: the rep has them as a message now. */
  sent(): void {
    this.#text = "";
    if (this.#told !== "") this.#tell();
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.isOn() || this.#text === this.#told) return;
    this.#told = this.#text;
    this.send(this.#text);
  }
}

/** So many characters, none of them cut in half. */
function firstOf(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : Array.from(text).slice(0, MOST_CHARACTERS).join("");
}
