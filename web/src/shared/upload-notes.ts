/** Notes of files on their way, kept by the tab alone: after a reload they say what is lost where the file itself couldn't be kept. */
import { readJson, type Store } from "./store";
import type { Upload } from "./upload-item";

type Note = Pick<Upload, "client_id" | "owner" | "conversation" | "name" | "at">;

const PREFIX = "file.";

export class UploadNotes {
  constructor(readonly store: Store) {}

  add({ client_id, owner, conversation, name, at }: Upload): void {
    this.store.set(PREFIX + client_id, JSON.stringify({ client_id, owner, conversation, name, at }));
  }

  remove(clientId: string): void {
    this.store.remove(PREFIX + clientId);
  }

  /** This owner's, as files that are lost, with the word for that. */
  left(owner: string | null, problem: string): Upload[] {
    const keys = this.store.keys().filter((key) => key.startsWith(PREFIX));
    const notes = keys.flatMap((key) => (readJson(this.store, key) as Note | null) ?? []);
    return notes.filter((note) => note.owner === owner).map((note) => ({ ...note, state: "failed", share: 0, problem, file: null, canRetry: false }));
  }
}
