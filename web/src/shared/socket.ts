/** A WebSocket that comes back by itself. It carries hints; whoever uses it fetches what was missed on each "open". */
import type { ClientFrame, DeskFrame } from "../wire";
import { type Backoff, backoff } from "./backoff";

export type LineState = "connecting" | "open" | "lost" | "blocked" | "ended";

export interface LineOptions {
  url: string;
  hello: () => ClientFrame;
  onFrame: (frame: DeskFrame) => void;
  onState: (state: LineState) => void;
  waits?: Backoff;
  dial?: (url: string) => WebSocket;
}

/** The session is over: don't dial again. */
export const CLOSED_SIGNED_OUT = 4401;
const CLOSED_TOO_MANY = 4429;
const TOO_MANY_WAIT_MS = 10_000;
/** The desk's heart beats every 15 s; two missed ones and a bit mean that nobody is there. */
const SILENCE_MS = 35_000;
/** So many sockets in a row that never opened: something on the way blocks them. */
const BLOCKED_AFTER = 3;
const CLOSED_ABNORMALLY = 1006;

export class Line {
  #socket: WebSocket | null = null;
  #redialTimer: ReturnType<typeof setTimeout> | undefined;
  #silenceTimer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #heardAt = 0;
  #over = false;
  readonly #waits: Backoff;

  /** Dials at once, and again whenever the connection is lost. */
  constructor(readonly options: LineOptions) {
    this.#waits = options.waits ?? backoff();
    options.onState("connecting");
    this.#dial();
  }

  /** Send a frame if the line is open; else drop it (nothing that must arrive goes this way). */
  send(frame: ClientFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** Say hello again on the open line, for another conversation; a line that isn't open does so when it is. */
  greet(): void {
    this.send(this.options.hello());
  }

  /** Try now instead of when the back-off says so, and notice a socket that died in its sleep. */
  nudge(): void {
    if (!this.#socket || Date.now() - this.#heardAt > SILENCE_MS) this.restart();
  }

  /** Hang up and dial anew, for instance as another customer. */
  restart(): void {
    if (this.#over) return;
    this.#letGo();
    this.#dial();
  }

  close(): void {
    this.#over = true;
    clearTimeout(this.#redialTimer);
    this.#letGo();
  }

  #dial(): void {
    clearTimeout(this.#redialTimer);
    const socket = (this.options.dial ?? ((url) => new WebSocket(url)))(this.options.url);
    this.#socket = socket;
    // A socket that was let go may still report: only the current one counts.
    const ifCurrent = (then: () => void) => (socket === this.#socket ? then() : undefined);
    socket.onopen = () => ifCurrent(() => this.greet());
    socket.onmessage = (event: MessageEvent) => ifCurrent(() => this.#hear(event.data));
    socket.onclose = (event) => ifCurrent(() => this.#hungUp(event.code));
    this.#listen();
  }

  #hear(data: unknown): void {
    const frame = readFrame(data);
    if (!frame) return;
    this.#listen();
    if (frame.kind === "ready") this.#opened();
    if (frame.kind === "beat") this.send({ kind: "pong" });
    this.options.onFrame(frame);
  }

  #opened(): void {
    this.#waits.reset();
    this.#failures = 0;
    this.options.onState("open");
  }

  #hungUp(code: number): void {
    this.#letGo();
    if (code === CLOSED_SIGNED_OUT) return this.#end();
    this.#failures += 1;
    this.options.onState(this.#failures >= BLOCKED_AFTER ? "blocked" : "lost");
    this.#redialTimer = setTimeout(() => this.#dial(), this.#waits.next() + (code === CLOSED_TOO_MANY ? TOO_MANY_WAIT_MS : 0));
  }

  #end(): void {
    this.#over = true;
    this.options.onState("ended");
  }

  #listen(): void {
    this.#heardAt = Date.now();
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.#hungUp(CLOSED_ABNORMALLY), SILENCE_MS);
  }

  #letGo(): void {
    clearTimeout(this.#silenceTimer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }
}

/** The socket's address on the page's own origin. */
export function socketUrl(path: string, at: Location = location): string {
  return `${at.protocol === "https:" ? "wss" : "ws"}://${at.host}${path}`;
}

function readFrame(data: unknown): DeskFrame | null {
  try {
    const frame = JSON.parse(String(data)) as { kind?: unknown } | null;
    return typeof frame?.kind === "string" ? (frame as DeskFrame) : null;
  } catch {
    return null;
  }
}
