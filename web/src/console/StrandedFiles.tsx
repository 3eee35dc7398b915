/** Files that weren't sent to chats which this rep no longer has and doesn't read: nowhere else would they be told. */
import { UploadLine } from "../shared/UploadLine";
import type { Desk } from "./desk";
import { useParts } from "./context";
import { UPLOAD_WORDS } from "./file-words";
import { List } from "./List";

export function StrandedFiles() {
  const { desk } = useParts();
  const items = stranded(desk);
  if (items.length === 0) return null;
  return (
    <List id="stranded" title="Files not sent" count={items.length} empty="">
      {items.map((item) => (
        <li key={item.client_id} class="unsent-failed">
          <UploadLine item={item} uploads={desk.uploads} words={UPLOAD_WORDS} />
        </li>
      ))}
    </List>
  );
}

function stranded({ uploads, queue, known, chat }: Desk) {
  const shown = new Set(queue.value.mine.map(({ id }) => id));
  if (chat.value && !chat.value.missing.value) shown.add(chat.value.id);
  return uploads.items.value.filter(({ state, conversation }) => known.value && state === "failed" && !shown.has(conversation ?? ""));
}
