/** All that was said, with who said it: customer on the left; bot and reps on the right, told apart by colour and word. */
import { useRef } from "preact/hooks";
import { timeOfDay } from "../shared/clock";
import { Icon } from "../shared/icons";
import { type ShownLine, shownLines } from "../shared/lines";
import type { Outgoing } from "../shared/outbox";
import { Attached } from "../shared/Attached";
import { UploadLine } from "../shared/UploadLine";
import { useStickToEnd } from "../shared/stick";
import { unstored } from "../shared/timeline";
import type { Upload } from "../shared/upload-item";
import { Words } from "../shared/Words";
import type { Message } from "../wire";
import { useParts } from "./context";
import { FILE_WORDS, UPLOAD_WORDS } from "./file-words";
import type { RepChat } from "./rep-chat";

const SHOW_ALL = "Show all of this message";

export function Transcript({ chat }: { chat: RepChat }) {
  const { desk } = useParts();
  const list = useRef<HTMLDivElement>(null);
  const messages = withNotes(chat.timeline.value.messages, chat.view.value?.notes ?? []);
  const outgoing = unstored(
    chat.timeline.value,
    desk.sender.items.value.filter((item) => item.conversation === chat.id),
  );
  const uploading = unstored(chat.timeline.value, desk.uploads.of(chat.id));
  const line = desk.seen.lastLook.lineIn(chat.id, chat.timeline.value.messages);
  const read = readLine(messages, chat.view.value?.customer_read ?? 0);
  const typist = chat.preview.name.value ? null : chat.typist.name.value;
  const { behind, toEnd, onScroll } = useStickToEnd(list, `${messages.length} ${outgoing.length} ${uploading.length} ${typist ?? ""}`);
  return (
    <div class="transcript-area">
      <div class="transcript" role="log" aria-label="Conversation" tabIndex={0} ref={list} onScroll={onScroll}>
        <ol>
          {shownLines(messages).map((each) => (
            <Line key={each.message.id} line={each} read={each.message.id === read} isNew={line !== null && each.message.seq === line} />
          ))}
          {outgoing.map((item) => (
            <Unsent key={item.client_id} item={item} />
          ))}
          {uploading.map((item) => (
            <Leaving key={item.client_id} item={item} />
          ))}
          {typist && (
            <li class="typing-line soft">
              <bdi>{typist}</bdi> is typing…
            </li>
          )}
        </ol>
      </div>
      {behind && <ToEnd go={toEnd} />}
    </div>
  );
}

function ToEnd({ go }: { go: () => void }) {
  return (
    <button type="button" class="button to-end" onClick={go}>
      <Icon name="down" /> New messages
    </button>
  );
}

/** Notes for reps have no place in the customer's count: they stand where they were written. */
export function withNotes(messages: readonly Message[], notes: readonly Message[]): readonly Message[] {
  if (notes.length === 0) return messages;
  return [...messages, ...notes].sort((one, other) => Date.parse(one.created_at) - Date.parse(other.created_at));
}

function Line({ line: { message, opens, ends, day }, read, isNew }: { line: ShownLine; read: boolean; isNew: boolean }) {
  const { kind, name } = message.author;
  return (
    <>
      {day && <li class="day">{day}</li>}
      {isNew && <li class="new-since">New since you last looked</li>}
      <li class={`said said-${kind} said-${message.kind}${opens ? " opens" : ""}`}>
        <p class={opens && kind !== "desk" ? "said-by" : "hidden-words"}>
          <bdi>{name ?? AUTHORS[kind]}</bdi>
          {kind === "bot" && <span class="badge">Bot</span>}
        </p>
        <div class="bubble">
          {message.kind === "note" && <span class="badge">Only reps see this</span>} <Said message={message} />
        </div>
        {message.buttons.length > 0 && <p class="offered">Offered: {message.buttons.map((button) => button.title).join(" · ")}</p>}
        {ends && kind !== "desk" && <time dateTime={message.created_at}>{timeOfDay(message.created_at)}</time>}
        {read && <p class="soft read-mark">Read</p>}
      </li>
    </>
  );
}

function Leaving({ item }: { item: Upload }) {
  return (
    <li class={`said said-rep opens unsent-${item.state}`}>
      <UploadLine item={item} uploads={useParts().desk.uploads} words={UPLOAD_WORDS} />
    </li>
  );
}

function Said({ message }: { message: Message }) {
  const { desk } = useParts();
  const { attachment, conversation } = message;
  if (!attachment) return <Words text={message.text} showAll={SHOW_ALL} />;
  const path = `/api/rep/conversations/${conversation}/files/${attachment.id}`;
  return <Attached attachment={attachment} path={path} shelf={desk.shelf} words={FILE_WORDS} />;
}

/** The id of the rep's last message, if the customer has read it. */
function readLine(messages: readonly Message[], customerRead: number): string | null {
  const last = messages.findLast((message) => message.author.kind === "rep" && message.seq !== null);
  return last && customerRead >= (last.seq ?? 0) ? last.id : null;
}

export const AUTHORS = { customer: "Customer", bot: "Shop bot", rep: "Rep", desk: "Notice" } as const;

function Unsent({ item }: { item: Outgoing }) {
  const { desk } = useParts();
  const edit = () => {
    desk.drafts.putBack(item.conversation ?? "", item.text);
    desk.sender.discard(item.client_id);
  };
  return (
    <li class={`said said-rep opens unsent-${item.state}`}>
      <div class="bubble">
        <Words text={item.text} showAll={SHOW_ALL} />
      </div>
      {item.state === "pending" ? (
        <p class="soft unsent-words">{item.problem ?? "Sending"}</p>
      ) : (
        <p class="unsent-words">
          Not sent. {item.problem}{" "}
          <button type="button" class="link-button" onClick={() => desk.sender.retry(item.client_id)}>
            Try again
          </button>{" "}
          <button type="button" class="link-button" onClick={edit}>
            Edit
          </button>
        </p>
      )}
    </li>
  );
}
