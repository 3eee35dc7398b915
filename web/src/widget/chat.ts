/** The customer's chat as this frame knows it: which conversation, what was said, and what can be done about it. */
import { computed, signal } from "@preact/signals";
import { type Answer, type Ask, signedOut, wordsOf } from "../shared/ask";
import type { FileBox } from "../shared/file-box";
import { Follower } from "../shared/follow";
import { outbox, type Outgoing, setAsideStale } from "../shared/outbox";
import { onlyOneTab, Sender } from "../shared/send";
import { reader } from "../shared/reading";
import type { Shelf } from "../shared/shelf";
import type { LineState } from "../shared/socket";
import type { Store } from "../shared/store";
import { nothingSaid, type Timeline, unstored, wholeUntil } from "../shared/timeline";
import { typist } from "../shared/typing";
import type { Uploads } from "../shared/uploads";
import type { CustomerView, DeskFrame, Hello, Message, MessagePage } from "../wire";
import { chatFiles } from "./chat-files";
import { strings } from "./strings";

export interface ChatOptions {
  store: Store;
  /** What this tab alone remembers. */
  tabStore: Store;
  /** Files that the desk doesn't have yet. */
  box: FileBox;
  ask: Ask;
  token: () => string | null;
  /** The session has ended; the chat starts again when there's a new one. */
  onSignedOut: () => void;
  /** The socket should ask for another conversation. */
  onConversation: () => void;
}

export type Loaded = "loaded" | "signed_out" | "unreachable";

export class Chat {
  readonly view = signal<CustomerView | null>(null);
  readonly timeline = signal<Timeline>(nothingSaid);
  readonly line = signal<LineState>("connecting");
  /** Whether the last request got through. */
  readonly reachable = signal(true);
  /** Why the last action didn't work, in words for the customer. */
  readonly notice = signal<string | null>(null);
  readonly typist = typist();
  readonly sender: Sender;
  readonly outgoing = computed(() => unstored(this.timeline.value, this.sender.items.value));
  readonly uploads: Uploads;
  readonly uploading = computed(() => unstored(this.timeline.value, this.uploads.items.value));
  readonly shelf: Shelf;
  #follower: Follower | null = null;
  #tellRead: (seq: number) => void = () => undefined;

  constructor(readonly options: ChatOptions) {
    const box = outbox(options.store);
    setAsideStale(box, strings.stale);
    this.sender = new Sender({
      box,
      post: (item) => this.#post(item),
      onStored: (message) => this.#stored(message),
      onSignedOut: options.onSignedOut,
      words: { unreachable: strings.unreachable, offline: strings.waitsForNetwork },
      alone: onlyOneTab("baton-outbox"),
    });
    ({ uploads: this.uploads, shelf: this.shelf } = chatFiles(options, () => this.#filesPath(), (message) => this.#stored(message)));
  }

  /** The first frame on a socket. */
  hello(): Hello {
    const view = this.view.value;
    return { kind: "hello", session: this.options.token(), conversation: view?.id ?? null, after: view ? wholeUntil(this.timeline.value) : 0 };
  }

  /** Find the customer's conversation, if there is one, and all that was said in it; then send what is still unsent. */
  async load(): Promise<Loaded> {
    const answer = await this.#ask<CustomerView | null>("GET", "/api/conversations/current");
    if (signedOut(answer)) return "signed_out";
    if (answer.kind !== "ok") return "unreachable";
    if (answer.body) this.#show(answer.body);
    await this.#follower?.catchUp();
    this.sendAgain();
    return "loaded";
  }

  /** Open a conversation, or join the open one; after a closed one this starts afresh. */
  begin = () => this.#act("POST", "/api/conversations", {});

  askForPerson = () => this.#inConversation("person");
  stopWaiting = () => this.#inConversation("stop-waiting");
  end = () => this.#inConversation("close");
  reopen = () => this.#inConversation("reopen");

  /** Where to write to if the customer leaves. */
  leaveEmail = (email: string) => this.#about("email", { email });

  /** Send what was said so far by e-mail: to this address, or (null) to the one that is known. */
  mailCopy = (email: string | null) => this.#about("transcript", email ? { email } : {});

  /** Ask for a call, leave a message, or take back what was promised, maybe in an earlier conversation. */
  promise = (step: "call-back" | "leave-message" | "take-back", body: object, conversation?: string) => this.#about(step, body, conversation);

  /** Answer "Did we solve your problem?", with a sentence if there is one; can be changed as long as the desk says so. */
  async vote(solved: boolean, words?: string): Promise<boolean> {
    const view = this.view.value;
    return view ? this.#act("PUT", `/api/conversations/${view.id}/vote`, words === undefined ? { solved } : { solved, words }) : false;
  }

  say(text: string): void {
    this.sender.send({ conversation: this.view.value?.id ?? null, text });
  }

  press(button: { id: string; title: string }): void {
    this.sender.send({ conversation: this.view.value?.id ?? null, text: button.title, button: button.id });
  }

  /** Send these files, one after the other. */
  attach = (files: readonly File[]) => this.uploads.add(this.view.value?.id ?? null, files);

  /** The desk can be reached: what waits for it goes out. */
  sendAgain(): void {
    this.sender.retryAll();
    void this.uploads.resume();
  }

  /** The customer has seen everything up to `seq`. */
  readUntil = (seq: number) => this.#tellRead(seq);

  /** Fetch whatever was missed: after a sleep, on a new connection, or by polling. */
  async refresh(): Promise<void> {
    if (this.#follower) await Promise.all([this.#follower.catchUp(), this.#readView()]);
    else await this.load();
  }

  /** Fetch new messages only; the state follows where it changed. */
  async poll(): Promise<void> {
    await this.#follower?.catchUp();
  }

  hear(frame: DeskFrame): void {
    if (frame.kind === "replay") this.#hearReplay(frame);
    else if (frame.kind === "message") this.#hearMessage(frame.message);
    else if (frame.kind === "state") this.#hearState(frame.conversation);
    else if (frame.kind === "beat") this.#noteHead(frame.conversation, frame.head, frame.version);
    else if (frame.kind === "typing" && frame.who.kind !== "customer") this.typist.seen(frame.who.name ?? strings.aPerson);
  }

  /** Forget everything on the screen, and what isn't this customer's. */
  clear(): void {
    this.view.value = null;
    this.timeline.value = nothingSaid;
    this.notice.value = null;
    this.#follower = null;
    this.typist.clear();
    this.sender.reload();
    this.uploads.disown();
    this.shelf.clear();
  }

  async #inConversation(step: string): Promise<boolean> {
    if (!this.view.value && !(await this.begin())) return false;
    const view = this.view.value;
    return view ? this.#act("POST", `/api/conversations/${view.id}/${step}`, {}) : false;
  }

  async #about(step: string, body: object, conversation = this.view.value?.id): Promise<boolean> {
    return conversation ? this.#act("POST", `/api/conversations/${conversation}/${step}`, body) : false;
  }

  async #act(method: "POST" | "PUT", path: string, body: object): Promise<boolean> {
    this.notice.value = null;
    const answer = await this.#ask<CustomerView>(method, path, body);
    if (answer.kind === "ok") this.#show(answer.body);
    else this.notice.value = wordsOf(answer, strings.actionFailed);
    if (this.#follower) await this.refresh();
    return answer.kind === "ok";
  }

  async #post(item: Outgoing): Promise<Answer<Message>> {
    if (!this.view.value) {
      const opened = await this.#ask<CustomerView>("POST", "/api/conversations", {});
      if (opened.kind !== "ok") return opened;
      this.#show(opened.body);
    }
    const { client_id, text, button } = item;
    const id = this.view.value?.id ?? "";
    return this.#ask("POST", `/api/conversations/${id}/messages`, button ? { client_id, button } : { client_id, text });
  }

  #stored(message: Message): void {
    if (message.conversation === this.view.value?.id) this.#follower?.take([message]);
    else void this.load();
  }

  #hearReplay(frame: Extract<DeskFrame, { kind: "replay" }>): void {
    if (frame.conversation !== this.view.value?.id) return;
    this.#follower?.take(frame.messages, frame.head);
    this.#noteHead(frame.conversation, frame.head, frame.version);
  }

  #hearMessage(message: Message): void {
    if (message.author.kind !== "customer") this.typist.clear();
    this.#stored(message);
  }

  #hearState(view: CustomerView | { id: string }): void {
    if (view.id === this.view.value?.id && "can_vote" in view) this.#show(view);
    else if (view.id !== this.view.value?.id) void this.load();
  }

  #noteHead(conversation: string | null, head: number | null, version: number | null): void {
    const view = this.view.value;
    if (view?.id !== conversation) return;
    this.#follower?.take([], head ?? 0);
    if ((version ?? 0) > view.version) void this.#readView();
  }

  #show(view: CustomerView): void {
    const before = this.view.value;
    if (before?.id === view.id && before.version > view.version) return;
    this.view.value = view;
    if (before?.id === view.id) return this.#follower?.take([], view.head);
    this.timeline.value = nothingSaid;
    this.#tellRead = reader((seq) => void this.#ask("POST", `/api/conversations/${view.id}/read`, { seq }));
    this.#follower = new Follower(this.timeline, (after) => this.#readPage(view.id, after));
    this.#follower.take([], view.head);
    this.options.onConversation();
  }

  async #filesPath(): Promise<string | null> {
    const open = this.view.value !== null || (await this.begin());
    return open ? `/api/conversations/${this.view.value?.id ?? ""}/files` : null;
  }

  async #readView(): Promise<void> {
    const id = this.view.value?.id ?? "";
    const answer = await this.#ask<CustomerView>("GET", `/api/conversations/${id}`);
    if (answer.kind === "ok") this.#show(answer.body);
  }

  async #readPage(id: string, after: number): Promise<Answer<MessagePage>> {
    const answer = await this.#ask<MessagePage>("GET", `/api/conversations/${id}/messages?after=${after}`);
    if (answer.kind === "ok") this.#noteHead(id, null, answer.body.version);
    return answer;
  }

  async #ask<T>(method: "GET" | "POST" | "PUT", path: string, body?: object): Promise<Answer<T>> {
    const answer = await this.options.ask<T>(method, path, body);
    this.reachable.value = answer.kind !== "unreachable";
    if (signedOut(answer)) this.options.onSignedOut();
    return answer;
  }
}
