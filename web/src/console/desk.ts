/** A rep's desk: the queue, the chats they hold, and what they do with them. */
import { computed, effect, signal, untracked } from "@preact/signals";
import { type Answer, type Ask, type Method, signedOut, UNREACHABLE, wordsOf } from "../shared/ask";
import { outbox, type Outgoing } from "../shared/outbox";
import { onlyOneTab, Sender } from "../shared/send";
import { Shelf } from "../shared/shelf";
import { Line, type LineState, socketUrl } from "../shared/socket";
import type { Store } from "../shared/store";
import type { Uploads } from "../shared/uploads";
import { onWake } from "../shared/wake";
import type { CloseConversation, DeskFrame, EndAbusive, Message, RepQueue, RepView, ReturnToBot, TransferTo } from "../wire";
import { Alerts } from "./alerts/alerts";
import { Calls } from "./calls";
import { Drafts } from "./drafts";
import { Offered } from "./offered";
import { pollWhileBlocked } from "./poll";
import { tellRead } from "./read-marks";
import { Macros } from "./macros";
import { NOBODY, withNews } from "./lists";
import type { Panel } from "./Panels";
import { RepChat } from "./rep-chat";
import { repUploads } from "./rep-uploads";
import { Seen } from "./seen";
import { type NextStep, ShiftWatch } from "./shift/shift";
import { WaitingRows } from "./waiting-line";

export class Desk {
  readonly queue = signal<RepQueue>(NOBODY);
  /** Whether the lists have been fetched at all: "nobody waits" must not be shown before. */
  readonly known = signal(false);
  /** Counts what a lead is told of changes in the centre. */
  readonly centre = signal(0);
  readonly line = signal<LineState>("connecting");
  /** What didn't work, in words for the rep. */
  readonly notice = signal<string | null>(null);
  readonly selected = signal<string | null>(null);
  /** How often a conversation was opened: a narrow screen then shows it, also when it's the same again. */
  readonly openings = signal(0);
  readonly chats = signal<ReadonlyMap<string, RepChat>>(new Map());
  readonly chat = computed(() => this.chats.value.get(this.selected.value ?? "") ?? null);
  /** What is open over the desk. */
  readonly panel = signal<Panel | null>(null);
  readonly macros = new Macros((...asked) => this.ask(...asked));
  readonly calls = new Calls({ act: (...step) => this.#act(...step), ask: (...asked) => this.#askAbout(...asked) });
  readonly offered = new Offered(this);
  readonly drafts: Drafts;
  readonly seen: Seen;
  readonly shift: ShiftWatch;
  readonly waiting: WaitingRows;
  readonly alerts: Alerts;
  readonly sender: Sender;
  readonly uploads: Uploads;
  readonly shelf = new Shelf(() => ({}));
  readonly #line: Line;
  readonly #stops: (() => void)[];

  /** `store` is the rep's own; `onSignedOut` runs when the desk has ended the session. */
  constructor(
    readonly store: Store,
    readonly rawAsk: Ask,
    readonly onSignedOut: () => void,
    readonly headers: () => Record<string, string> = () => ({}),
    tabStore: Store = store,
    name = "",
  ) {
    this.alerts = new Alerts(this, name);
    this.drafts = new Drafts(store);
    this.seen = new Seen(this, store);
    this.shift = new ShiftWatch(this, store);
    this.waiting = new WaitingRows(this, store);
    this.sender = new Sender({
      box: outbox(store),
      post: (item) => this.#post(item),
      onStored: (message) => this.#hearMessage(message),
      onRefused: (item, answer) => this.#keepAsDraft(item, answer),
      onSignedOut,
      words: { unreachable: "The connection failed.", offline: "Waiting for the connection" },
      alone: onlyOneTab("baton-console-outbox"),
    });
    this.uploads = repUploads({ store, tabStore, headers, onStored: (message) => this.#hearMessage(message), onSignedOut });
    this.#line = this.#dial();
    this.#stops = [onWake(() => this.#wake()), this.seen.start(), this.alerts.start(), this.shift.start(), this.waiting.start(), tellRead(this), pollWhileBlocked(this), effect(() => this.#openFirst()), () => this.uploads.leave()];
    void this.sender.pump();
    void this.uploads.resume();
  }

  /** Stop listening; drafts and what is unsent are kept. */
  leave(): void {
    this.#stops.forEach((stop) => stop());
    this.shelf.clear();
    this.#line.close();
  }

  ask: Ask = async (method, path, body) => {
    const answer = await this.rawAsk(method, path, body);
    if (signedOut(answer)) this.onSignedOut();
    return answer as never;
  };

  /** Show a conversation, waiting or held. */
  open(id: string): void {
    this.notice.value = null;
    const chat = this.#chatOf(id);
    this.selected.value = id;
    this.openings.value += 1;
    this.#line.send(chat.hello());
    void chat.refresh();
  }

  /** Take a waiting conversation; the rep is told if somebody was quicker. */
  async claim(id: string): Promise<boolean> {
    if (this.selected.value !== id) this.open(id);
    const claimed = await this.#act(id, "claim", {});
    if (!claimed) void this.readQueue();
    return claimed;
  }

  release = (id: string) => this.#act(id, "release", {});
  close = (id: string, words: CloseConversation) => this.#act(id, "close", words);
  endAbusive = (id: string, words: EndAbusive) => this.#act(id, "end-abusive", words);
  takeOver = (id: string) => this.#act(id, "take-over", {});

  /** For leads: open any chat to look at it. The customer notices nothing; the history does. */
  async look(id: string): Promise<boolean> {
    const seen = await this.#act(id, "look", {});
    if (seen) this.open(id);
    return seen;
  }

  pass = (id: string, to: TransferTo, note: string) => this.#act(id, "transfer", { to, note });
  returnToBot = (id: string, learnt: ReturnToBot) => this.#act(id, "return-to-bot", learnt);
  settle = (id: string, { step, body }: NextStep) => this.#act(id, step, body);

  /** Leave a note for reps; whether it's on the record. */
  async note(id: string, clientId: string, text: string): Promise<boolean> {
    return this.#worked(id, await this.ask<Message>("POST", `/api/rep/conversations/${id}/notes`, { client_id: clientId, text }));
  }

  reply(id: string, text: string): void {
    this.sender.send({ conversation: id, text });
    this.drafts.set(id, "");
  }

  types(id: string): void {
    this.#line.send({ kind: "typing", conversation: id });
  }

  async readQueue(): Promise<void> {
    const answer = await this.ask<RepQueue>("GET", "/api/rep/queue");
    if (answer.kind === "ok") this.#showQueue(answer.body);
  }

  #dial(): Line {
    return new Line({
      url: socketUrl("/api/rep/socket"),
      hello: () => this.chat.peek()?.hello() ?? { kind: "hello" },
      onFrame: (frame) => this.#hear(frame),
      onState: (state) => this.#lineIs(state),
    });
  }

  #lineIs(state: LineState): void {
    this.line.value = state;
    if (state === "ended") this.onSignedOut();
    if (state === "open") this.#catchUp();
    else this.chats.peek().forEach((chat) => chat.lineLost());
  }

  #wake(): void {
    this.#line.nudge();
    this.#catchUp();
  }

  #catchUp(): void {
    void this.readQueue();
    this.centre.value += 1;
    void this.macros.read();
    void this.chat.peek()?.refresh();
    this.sender.retryAll();
    void this.uploads.resume();
  }

  #hear(frame: DeskFrame): void {
    if (frame.kind === "queue") this.#showQueue(frame.queue);
    else if (frame.kind === "centre") this.centre.value += 1;
    else if (frame.kind === "message") this.#hearMessage(frame.message);
    else if (frame.kind === "rep_state") this.#chatOf(frame.conversation.id).show(frame.conversation);
    else if (frame.kind === "replay") this.seen.hearReplay(frame, this.#chatOf(frame.conversation));
    else if (frame.kind === "preview") this.#chatOf(frame.conversation).preview.seen(frame.text);
    else if (frame.kind === "lookers") this.#chatOf(frame.conversation).lookers.value = frame.names;
    else if (frame.kind === "beat" && frame.conversation) this.chats.value.get(frame.conversation)?.noteHead(frame.head, frame.version);
    else if (frame.kind === "typing" && frame.who.kind === "customer") this.#chatOf(frame.conversation).typist.seen(frame.who.name ?? "The customer");
  }

  #hearMessage(message: Message): void {
    this.#chatOf(message.conversation).hearMessage(message);
    this.queue.value = withNews(this.queue.peek(), message);
  }

  #showQueue(queue: RepQueue): void {
    this.queue.value = queue;
    this.known.value = true;
  }

  /** With chats of one's own and none open, the first is. */
  #openFirst(): void {
    const first = this.queue.value.mine[0];
    if (this.selected.value === null && first) untracked(() => this.open(first.id));
  }

  #chatOf(id: string): RepChat {
    const known = this.chats.peek().get(id);
    if (known) return known;
    const chat = new RepChat(id, this.ask);
    this.chats.value = new Map(this.chats.peek()).set(id, chat);
    return chat;
  }

  async #act(id: string, step: string, body: object): Promise<boolean> {
    this.notice.value = null;
    const answer = await this.ask<RepView>("POST", `/api/rep/conversations/${id}/${step}`, body);
    if (answer.kind === "ok") this.#chatOf(id).show(answer.body);
    return this.#worked(id, answer);
  }

  async #askAbout<T>(method: Method, id: string, step: string, body?: object): Promise<T | null> {
    const answer = await this.ask<T>(method, `/api/rep/conversations/${id}/${step}`, body);
    return this.#worked(id, answer) && answer.kind === "ok" ? answer.body : null;
  }

  #worked(id: string, answer: Answer<unknown>): boolean {
    this.notice.value = answer.kind === "ok" ? null : wordsOf(answer, UNREACHABLE);
    void this.#chatOf(id).refresh();
    return answer.kind === "ok";
  }

  #post({ conversation, client_id, text }: Outgoing): Promise<Answer<Message>> {
    return this.rawAsk("POST", `/api/rep/conversations/${conversation ?? ""}/messages`, { client_id, text });
  }

  /** The chat is no longer this rep's: what they wrote becomes its draft again. */
  #keepAsDraft(item: Outgoing, answer: Answer<Message>): boolean {
    const gone = answer.kind === "refused" && (answer.error.code === "lost_to_another" || answer.status === 404) && item.conversation !== null;
    if (!gone) return false;
    this.drafts.putBack(item.conversation ?? "", item.text);
    this.notice.value = answer.error.message;
    void this.#chatOf(item.conversation ?? "").refresh();
    return true;
  }
}
