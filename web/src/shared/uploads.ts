/** Files on their way to the desk, one after the other, each shown until the desk has it. A reload ends them: what's left then is a note that says so. */
import { signal } from "@preact/signals";
import type { Message } from "../wire";
import { type Answer, signedOut, worthRepeating } from "./ask";
import { MOST_BYTES, nameHeader, typeOf } from "./file-kinds";
import { newClientId } from "./ids";
import { readJson, type Store } from "./store";
import { type Sending, upload } from "./upload";

export interface Upload {
  client_id: string;
  conversation: string | null;
  name: string;
  /** Milliseconds since 1970, this browser's clock. */
  at: number;
  state: "pending" | "failed";
  /** How much has left, from 0 to 1. */
  share: number;
  problem?: string;
  /** Null after a reload: a page may not keep hold of a file. */
  file: File | null;
  canRetry: boolean;
}

export interface UploadWords {
  kind: string;
  size: string;
  empty: string;
  lost: string;
  unreachable: string;
}

export interface UploadsOptions {
  /** What this tab alone remembers through a reload. */
  store: Store;
  headers: () => Record<string, string>;
  /** Where to send a file of this conversation, opening one if there is none; null if that can't be done now. */
  path: (conversation: string | null) => Promise<string | null>;
  onStored: (message: Message) => void;
  onSignedOut: () => void;
  words: () => UploadWords;
  sender?: typeof upload<Message>;
}

const PREFIX = "file.";
const TRIES = 3;

export class Uploads {
  readonly items = signal<readonly Upload[]>([]);
  #sending: (Sending<Message> & { client_id: string }) | null = null;
  #busy = false;

  constructor(readonly options: UploadsOptions) {
    this.items.value = this.#left();
  }

  /** Those of one conversation. */
  of(conversation: string): Upload[] {
    return this.items.value.filter((item) => item.conversation === conversation);
  }

  /** Send these files, in their order. What can't be sent is shown with the reason, and not tried. */
  add(conversation: string | null, files: readonly File[]): void {
    const fresh = files.map((file) => this.#made(conversation, file));
    this.items.value = [...this.items.value, ...fresh];
    fresh.forEach((item) => this.#remember(item));
    void this.#pump();
  }

  retry(clientId: string): void {
    this.#change(clientId, { state: "pending", share: 0, problem: undefined });
    void this.#pump();
  }

  /** Stop it, or forget one that failed. */
  cancel(clientId: string): void {
    if (this.#sending?.client_id === clientId) this.#sending.cancel();
    this.#drop(clientId);
  }

  /** Forget them all: the customer is somebody else now. */
  clear(): void {
    this.items.value.forEach((item) => this.cancel(item.client_id));
  }

  #made(conversation: string | null, file: File): Upload {
    const problem = this.#problemWith(file);
    const item = { client_id: newClientId(), conversation, name: file.name, at: Date.now(), share: 0, file };
    return problem ? { ...item, state: "failed", problem, canRetry: false } : { ...item, state: "pending", canRetry: true };
  }

  #problemWith(file: File): string | null {
    const words = this.options.words();
    if (typeOf(file) === null) return words.kind;
    if (file.size > MOST_BYTES) return words.size;
    return file.size === 0 ? words.empty : null;
  }

  async #pump(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let item = this.#next(); item; item = this.#next()) await this.#send(item);
    this.#busy = false;
  }

  async #send(item: Upload): Promise<void> {
    for (let tries = 1; this.#has(item); tries += 1) {
      const answer = await this.#post(item);
      if (this.#settled(item, answer, tries)) return;
      await new Promise((resolve) => setTimeout(resolve, 700 * tries));
    }
  }

  /** Whether this was the last try. */
  #settled(item: Upload, answer: Answer<Message>, tries: number): boolean {
    const over = answer.kind === "ok" || !worthRepeating(answer) || tries >= TRIES;
    if (answer.kind === "ok") this.#stored(item, answer.body);
    else if (over) this.#failed(item, answer);
    if (signedOut(answer)) this.options.onSignedOut();
    return over;
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

  #stored(item: Upload, message: Message): void {
    this.options.onStored(message);
    this.#drop(item.client_id);
  }

  #failed(item: Upload, answer: Answer<Message>): void {
    const refused = answer.kind === "refused";
    const problem = refused ? answer.error.message : this.options.words().unreachable;
    this.#change(item.client_id, { state: "failed", problem, canRetry: !refused || worthRepeating(answer) || signedOut(answer) });
  }

  #change(clientId: string, changes: Partial<Upload>): void {
    this.items.value = this.items.value.map((item) => (item.client_id === clientId ? { ...item, ...changes } : item));
  }

  #drop(clientId: string): void {
    this.items.value = this.items.value.filter((item) => item.client_id !== clientId);
    this.options.store.remove(PREFIX + clientId);
  }

  #has(item: Upload): boolean {
    return this.items.peek().some(({ client_id }) => client_id === item.client_id);
  }

  #next(): Upload | undefined {
    return this.items.peek().find((item) => item.state === "pending");
  }

  #remember({ client_id, conversation, name, at }: Upload): void {
    this.options.store.set(PREFIX + client_id, JSON.stringify({ client_id, conversation, name, at }));
  }

  #left(): Upload[] {
    const keys = this.options.store.keys().filter((key) => key.startsWith(PREFIX));
    return keys.flatMap((key) => {
      const kept = readJson(this.options.store, key) as Pick<Upload, "client_id" | "conversation" | "name" | "at"> | null;
      const problem = this.options.words().lost;
      return kept ? [{ ...kept, state: "failed" as const, share: 0, problem, file: null, canRetry: false }] : [];
    });
  }
}
