/** Files that a rep sends to a customer. */
import type { Store } from "../shared/store";
import { Uploads } from "../shared/uploads";
import type { Message } from "../wire";
import { UPLOAD_WORDS } from "./file-words";

interface RepUploads {
  /** The tab's own. */
  store: Store;
  headers: () => Record<string, string>;
  onStored: (message: Message) => void;
  onSignedOut: () => void;
}

export function repUploads(options: RepUploads): Uploads {
  return new Uploads({ ...options, path: (conversation) => Promise.resolve(`/api/rep/conversations/${conversation ?? ""}/files`), words: () => UPLOAD_WORDS });
}
