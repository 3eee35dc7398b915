/** Files that a rep sends to a customer. */
import { fileBox } from "../shared/file-box";
import { onlyOneTab } from "../shared/send";
import type { Store } from "../shared/store";
import { Uploads } from "../shared/uploads";
import type { Message } from "../wire";
import { UPLOAD_WORDS } from "./file-words";

interface RepUploads {
  /** The rep's own. */
  store: Store;
  tabStore: Store;
  headers: () => Record<string, string>;
  onStored: (message: Message) => void;
  onSignedOut: () => void;
}

export function repUploads(options: RepUploads): Uploads {
  const path = (conversation: string | null) => Promise.resolve(`/api/rep/conversations/${conversation ?? ""}/files`);
  // One box for all reps of this browser: whoever signs in finds what another one left there, and removes it.
  return new Uploads({ ...options, path, box: fileBox("baton.console.files"), alone: onlyOneTab("baton-console-files"), words: () => UPLOAD_WORDS });
}
