/** The files of the customer's chat: those on their way, and those that are shown. */
import { onlyOneTab } from "../shared/send";
import { Shelf } from "../shared/shelf";
import { Uploads } from "../shared/uploads";
import type { Message } from "../wire";
import type { ChatOptions } from "./chat";
import { pageHeaders } from "./languages";
import { strings } from "./strings";

/** `path` is where files go now, null if nowhere. */
export function chatFiles(options: ChatOptions, path: () => Promise<string | null>, onStored: (message: Message) => void): { uploads: Uploads; shelf: Shelf } {
  const headers = () => ({ ...pageHeaders(), Authorization: `Bearer ${options.token() ?? ""}` });
  const { store, tabStore, box, onSignedOut } = options;
  const alone = onlyOneTab("baton-files");
  return { shelf: new Shelf(headers), uploads: new Uploads({ store, tabStore, box, headers, path, onStored, onSignedOut, alone, words: () => strings.uploads }) };
}
