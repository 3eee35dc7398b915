/** Starts and restarts the chat: shop's page → session → conversation → socket. */
import { effect, signal } from "@preact/signals";
import type { ToFrame } from "../loader/frame";
import { backoff } from "../shared/backoff";
import { type FileBox, fileBox } from "../shared/file-box";
import { isOutboxKey } from "../shared/outbox";
import { Line, type LineState, socketUrl } from "../shared/socket";
import { browserStore, type Store } from "../shared/store";
import { onWake } from "../shared/wake";
import { Chat } from "./chat";
import { Draft } from "./draft";
import { Sound } from "./sound";
import { Preview } from "./preview";
import { CustomerSession, type Started } from "./session";

/** "reload": the shop's token has run out. "left": the customer signed out of the shop. */
export type Phase = "starting" | "ready" | "away" | "reload" | "left";

const POLL_MS = 4_000;

export class Widget {
  readonly phase = signal<Phase>("starting");
  /** Whether the customer sees the chat now, or only the launcher. */
  readonly shown = signal(false);
  /** The customer has just opened the chat: the box should have the keyboard as soon as it's there. */
  readonly wantsFocus = signal(false);
  /** What the browser thinks of the network. */
  readonly online = signal(navigator.onLine);
  readonly draft: Draft;
  readonly session: CustomerSession;
  readonly chat: Chat;
  readonly sound: Sound;
  #identity: string | null = null;
  #line: Line | null = null;
  #starting = false;
  #poll: ReturnType<typeof setInterval> | undefined;
  readonly #waits = backoff();

  constructor(
    readonly store: Store,
    session?: CustomerSession,
    tabStore: Store = browserStore("baton.widget.", () => window.sessionStorage),
    box: FileBox = fileBox("baton.widget.files"),
  ) {
    this.draft = new Draft(store);
    this.sound = new Sound(store);
    this.session = session ?? new CustomerSession(store, () => this.#forget());
    this.chat = new Chat({
      store,
      tabStore,
      box,
      ask: this.session.ask,
      token: () => this.session.token,
      onSignedOut: () => this.#renew(),
      onConversation: () => this.#line?.greet(),
    });
    effect(() => this.#pollWhile(this.chat.line.value === "blocked"));
    onWake(() => this.#wake());
    window.addEventListener("offline", () => (this.online.value = false));
    window.addEventListener("storage", (event) => this.#otherTab(event));
  }

  /** Do what the shop's page says; "logout" is done when the desk knows. */
  async hear(words: ToFrame): Promise<void> {
    if (words.baton === "identity") void this.#become(words.token);
    if (words.baton === "logout") await this.#leave();
    if (words.baton === "open") this.#show();
    if (words.baton === "hidden") this.shown.value = false;
  }

  /** Whether the customer has the chat before their eyes. */
  looking(): boolean {
    return this.shown.peek() && document.visibilityState === "visible";
  }

  /** Tell whoever helps that the customer is typing. */
  types(): void {
    const conversation = this.chat.view.value?.id;
    if (conversation) this.#line?.send({ kind: "typing", conversation });
  }

  /** What the customer types, where the shop shows it to reps. */
  readonly preview = new Preview(
    () => this.chat.view.peek()?.preview ?? false,
    (text) => this.#line?.send({ kind: "preview", conversation: this.chat.view.peek()?.id ?? "", text }),
  );

  async #become(identity: string | null): Promise<void> {
    const before = this.session.token;
    this.#identity = identity;
    await this.#start(() => this.session.start(identity));
    if (before !== null && before !== this.session.token) this.#line?.restart();
  }

  async #start(session: () => Promise<Started>): Promise<void> {
    this.#starting = true;
    const reached = await this.#reach(session);
    this.#starting = false;
    if (reached === "ready") await this.#ready();
    else if (reached === "expired") this.#stop("reload");
    else if (this.phase.value !== "left") this.#againLater(reached === "signed_out" ? () => this.session.renew(this.#identity) : session);
  }

  async #reach(session: () => Promise<Started>): Promise<Started | "signed_out"> {
    const before = this.session.token;
    const started = await session();
    if (before !== this.session.token) this.chat.clear();
    if (started !== "ready") return started;
    const loaded = await this.chat.load();
    return loaded === "loaded" ? "ready" : loaded;
  }

  async #ready(): Promise<void> {
    this.phase.value = "ready";
    this.#line ??= this.#dial();
    if (this.shown.value) await this.#beginIfNew();
  }

  #againLater(session: () => Promise<Started>): void {
    this.phase.value = "away";
    setTimeout(() => void this.#start(session), this.#waits.next());
  }

  #show(): void {
    this.shown.value = true;
    // A page that merely loads with an open chat keeps its own focus.
    this.wantsFocus.value = document.hasFocus();
    if (this.phase.value === "ready") void this.#beginIfNew();
  }

  async #beginIfNew(): Promise<void> {
    if (!this.chat.view.value) await this.chat.begin();
  }

  #dial(): Line {
    return new Line({
      url: socketUrl("/api/socket"),
      hello: () => this.chat.hello(),
      onFrame: (frame) => this.chat.hear(frame),
      onState: (state) => this.#lineIs(state),
    });
  }

  #lineIs(state: LineState): void {
    this.chat.line.value = state;
    if (state === "ended") this.#ended();
    if (state !== "open") return;
    this.#waits.reset();
    void this.chat.refresh();
    this.chat.sendAgain();
  }

  /** The desk has hung up for good. While somebody else is signing in that's the old session's end, and the new one dials. */
  #ended(): void {
    this.#hangUp();
    this.#renew();
  }

  /** The desk doesn't know the session: begin anew, after a pause in case it never will. */
  #renew(): void {
    if (this.#starting || this.phase.value !== "ready") return;
    this.#hangUp();
    this.#againLater(() => this.session.renew(this.#identity));
  }

  /** The customer leaves this browser, and with them what was only in it. */
  #forget(): void {
    this.draft.set("");
    this.chat.uploads.wipe();
  }

  async #leave(): Promise<void> {
    const ended = this.session.end();
    this.#stop("left");
    await ended;
  }

  #stop(phase: "reload" | "left"): void {
    this.phase.value = phase;
    if (phase === "left") this.chat.uploads.wipe();
    this.chat.clear();
    this.#hangUp();
  }

  #hangUp(): void {
    this.#line?.close();
    this.#line = null;
  }

  #wake(): void {
    this.online.value = navigator.onLine;
    if (this.phase.value !== "ready") return;
    this.#line?.nudge();
    void this.chat.refresh();
    this.chat.sendAgain();
  }

  #pollWhile(blocked: boolean): void {
    clearInterval(this.#poll);
    if (blocked) this.#poll = setInterval(() => void this.chat.poll(), POLL_MS);
  }

  /** Another tab sent, sent off or signed out. */
  #otherTab(event: StorageEvent): void {
    if (event.key !== null && isOutboxKey(event.key)) this.chat.sender.reload();
    if (event.key?.endsWith("session") && event.oldValue && !event.newValue && this.phase.value === "ready") this.#stop("left");
  }
}
