/** The files of the customer's chat: those on their way, and those that are shown. */
import { Shelf } from "../shared/shelf";
import { Uploads } from "../shared/uploads";
import type { Message } from "../wire";
import type { ChatOptions } from "./chat";
import { strings } from "./strings";

/** `path` is where files go now, null if nowhere. */
export function chatFiles(options: ChatOptions, path: () => Promise<string | null>, onStored: (message: Message) => void): { uploads: Uploads; shelf: Shelf } {
  const headers = () => ({ Authorization: `Bearer ${options.token() ?? ""}` });
  const { tabStore: store, onSignedOut } = options;
  return { shelf: new Shelf(headers), uploads: new Uploads({ store, headers, path, onStored, onSignedOut, words: () => strings.uploads }) };
}
