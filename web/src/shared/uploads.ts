/** Files on their way to the desk, one after the other, each shown and kept until the desk has it: through a reload, a crash, a lost network. */
import { signal } from "@preact/signals";
import type { Message } from "../wire";
import { type Answer, signedOut, worthRepeating } from "./ask";
import type { FileBox } from "./file-box";
import { nameHeader, typeOf } from "./file-kinds";
import { newClientId } from "./ids";
import { oneAtATime } from "./one-at-a-time";
import type { Store } from "./store";
import { type Sending, upload } from "./upload";
import { aged, failing, found, goesAgain, picked, type Upload, type UploadWords } from "./upload-item";
import { UploadNotes } from "./upload-notes";

export interface UploadsOptions {
  /** The person's own: it's emptied when somebody else takes their place. */
  store: Store;
  /** What this tab alone remembers through a reload. */
  tabStore: Store;
  box: FileBox;
  headers: () => Record<string, string>;
  /** Where to send a file of this conversation, opening one if there is none; null if that can't be done now. */
  path: (conversation: string | null) => Promise<string | null>;
  onStored: (message: Message) => void;
  onSignedOut: () => void;
  words: () => UploadWords;
  /** Lets only one tab send at a time, where the browser can; elsewhere repeats are harmless by their `client_id`. */
  alone?: (work: () => Promise<void>) => Promise<void>;
  sender?: typeof upload<Message>;
}

/** Where a person's store says whose files these are. Whoever removes it has made them nobody's: they're never sent, and removed. */
export const OWNER_KEY = "files";
const TRIES = 3;

export class Uploads {
  readonly items = signal<readonly Upload[]>([]);
  readonly #notes: UploadNotes;
  readonly #stopHearing: () => void;
  #sending: (Sending<Message> & { client_id: string }) | null = null;
  /** Sent or dropped by this page: what was being read meanwhile may still name them. */
  readonly #over = new Set<string>();
  #left = false;

  constructor(readonly options: UploadsOptions) {
    this.#notes = new UploadNotes(options.tabStore);
    this.#stopHearing = options.box.onChange(() => void this.#hear());
  }

  /** Those of one conversation. */
  of(conversation: string): Upload[] {
    return this.items.value.filter((item) => item.conversation === conversation);
  }

  /** Send these files, in their order. What can't be sent is shown with the reason, and not tried. */
  add(conversation: string | null, files: readonly File[]): void {
    const owner = this.#owner ?? newClientId();
    this.options.store.set(OWNER_KEY, owner);
    const fresh = files.map((file, place) => picked(owner, conversation, file, Date.now() + place, this.options.words()));
    this.items.value = [...this.items.value, ...fresh];
    fresh.forEach((item) => void this.#keep(item));
    void this.#pump();
  }

  retry(clientId: string): void {
    this.#change(clientId, { state: "pending", share: 0, problem: undefined, held: false });
    void this.#pump();
  }

  /** The desk can be reached, perhaps for the first time since a reload: what waits goes on. */
  async resume(): Promise<void> {
    await this.#read();
    this.items.value.filter(goesAgain).forEach((item) => this.#change(item.client_id, { state: "pending", share: 0 }));
    await this.#pump();
  }

  /** Stop it, or forget one that failed. */
  cancel(clientId: string): void {
    if (this.#sending?.client_id === clientId) this.#sending.cancel();
    void this.#drop(clientId);
  }

  /** The person leaves this browser: forget their files, here and in all tabs. */
  wipe(): void {
    this.options.store.remove(OWNER_KEY);
    this.disown();
  }

  /** Forget what isn't this person's: somebody else may have taken their place. */
  disown(): void {
    this.items.value = this.#stillThere();
    void this.#read();
  }

  /** Stop sending in this page; what was on its way is kept. */
  leave(): void {
    this.#left = true;
    this.#stopHearing();
    this.#sending?.cancel();
  }

  readonly #pump = oneAtATime(() => (this.options.alone ?? ((work) => work()))(() => this.#sendAll()));

  /** Another tab has sent or dropped one, or has begun to send one and may be closed before it has gone. */
  async #hear(): Promise<void> {
    await this.#read();
    await this.#pump();
  }

  async #sendAll(): Promise<void> {
    await this.#read();
    for (let item = this.#next(); item; item = this.#next()) await this.#send(item);
  }

  async #send(item: Upload): Promise<void> {
    for (let tries = 1; this.#has(item); tries += 1) {
      const answer = await this.#post(item);
      if (answer.kind === "ok") return this.#stored(item, answer.body);
      if (!this.#has(item)) return;
      if (!worthRepeating(answer) || tries >= TRIES) return this.#failed(item, answer);
      await new Promise((resolve) => setTimeout(resolve, 700 * tries));
    }
  }

  async #post(item: Upload): Promise<Answer<Message>> {
    const path = await this.options.path(item.conversation);
    if (!path || !item.file || !this.#has(item)) return { kind: "unreachable" };
    const own = { "Content-Type": typeOf(item.file) ?? "", "X-Client-Id": item.client_id, "X-File-Name": nameHeader(item.name) };
    const tell = (share: number) => this.#change(item.client_id, { share });
    const sending = (this.options.sender ?? upload<Message>)(path, item.file, { ...this.options.headers(), ...own }, tell);
    this.#sending = { ...sending, client_id: item.client_id };
    const answer = await sending.done;
    this.#sending = null;
    return answer;
  }

  async #stored(item: Upload, message: Message): Promise<void> {
    this.options.onStored(message);
    await this.#drop(item.client_id);
  }

  async #failed(item: Upload, answer: Answer<Message>): Promise<void> {
    const failed = { ...item, ...failing(answer, this.options.words()) };
    this.#change(item.client_id, failed);
    await this.#keep(failed);
    if (signedOut(answer)) this.options.onSignedOut();
  }

  async #keep(item: Upload): Promise<void> {
    if (item.file) this.#notes.add(item);
    const kept = await this.options.box.put(item);
    this.#change(item.client_id, { kept });
    if (kept) this.#notes.remove(item.client_id);
  }

  #change(clientId: string, changes: Partial<Upload>): void {
    this.items.value = this.items.value.map((item) => (item.client_id === clientId ? { ...item, ...changes } : item));
  }

  async #drop(clientId: string): Promise<void> {
    this.#over.add(clientId);
    this.items.value = this.items.value.filter((item) => item.client_id !== clientId);
    this.#notes.remove(clientId);
    await this.options.box.remove(clientId);
  }

  /** Whether it's still to be sent by this page and for this person. */
  #has({ client_id, owner }: Upload): boolean {
    return !this.#left && owner === this.#owner && this.items.peek().some((item) => item.client_id === client_id);
  }

  #next(): Upload | undefined {
    return this.items.peek().find((item) => item.state === "pending" && this.#has(item));
  }

  get #owner(): string | null {
    return this.options.store.get(OWNER_KEY);
  }

  /** Show what the browser keeps, as other tabs or an earlier page left it, and remove from there what is too old or nobody's. */
  async #read(): Promise<void> {
    const all = await this.options.box.all();
    const own = all?.filter((item) => item.owner === this.#owner);
    const shown = [...this.#stillThere(own), ...this.#new(own ?? [])].flatMap((item) => aged(item, this.options.words()));
    this.items.value = shown.sort((a, b) => a.at - b.at);
    await this.#tidy(all ?? []);
  }

  /** Those of this page that are this person's and that no other tab has sent or dropped; `kept` is what the browser keeps. */
  #stillThere(kept?: Upload[]): Upload[] {
    const ids = kept?.map((item) => item.client_id);
    const there = (item: Upload) => item.owner === this.#owner && !(item.kept && ids && !ids.includes(item.client_id));
    const still = this.items.peek().filter(there);
    if (this.#sending && !still.some((item) => item.client_id === this.#sending?.client_id)) this.#sending.cancel();
    return still;
  }

  /** What this page doesn't know yet, and the notes of what couldn't be kept. */
  #new(kept: Upload[]): Upload[] {
    const words = this.options.words();
    const known = new Set([...this.#over, ...this.items.peek().map((item) => item.client_id)]);
    const ids = new Set(kept.map((item) => item.client_id));
    const lost = this.#notes.left(this.#owner, words.lost).filter((item) => !ids.has(item.client_id));
    return [...kept.map((item) => found(item, words)), ...lost].filter((item) => !known.has(item.client_id));
  }

  async #tidy(all: Upload[]): Promise<void> {
    const kept = new Map(all.map((item) => [item.client_id, item]));
    const shown = this.items.peek();
    shown.forEach((item) => kept.delete(item.client_id));
    if (kept.size > 0) await this.options.box.remove(...kept.keys());
    const emptied = all.filter((item) => item.file).map((item) => item.client_id);
    for (const item of shown.filter(({ client_id, file }) => !file && emptied.includes(client_id))) await this.#keep(item);
  }
}
