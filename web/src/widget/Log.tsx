/** All that was said, and what is on its way. */
import { useRef } from "preact/hooks";
import { Icon } from "../shared/icons";
import { shownLines } from "../shared/lines";
import { useStickToEnd } from "../shared/stick";
import { UploadLine } from "../shared/UploadLine";
import { useParts } from "./context";
import { Announcer } from "./Announcer";
import { MessageLine } from "./MessageLine";
import { OutgoingLine } from "./OutgoingLine";
import { pressable, readLine, votable } from "./shownow";
import { strings } from "./strings";
import { TypingLine } from "./TypingLine";

export function Log() {
  const { chat } = useParts().widget;
  const list = useRef<HTMLDivElement>(null);
  const messages = chat.timeline.value.messages;
  const outgoing = chat.outgoing.value;
  const uploading = chat.uploading.value;
  const view = chat.view.value;
  const { behind, toEnd, onScroll } = useStickToEnd(list, `${messages.length} ${outgoing.length} ${uploading.length} ${chat.typist.name.value ?? ""}`);
  const canPress = pressable(messages, outgoing, view);
  const canVote = votable(messages, view);
  const read = readLine(messages, view);
  return (
    <div class="log-area">
      <div class="log" role="log" aria-live="off" aria-label={strings.log} tabIndex={0} ref={list} onScroll={onScroll}>
        <ol class="lines">
          {shownLines(messages).map((line) => (
            <MessageLine key={line.message.seq} line={line} read={line.message.id === read} canPress={line.message.id === canPress} canVote={line.message.id === canVote} />
          ))}
          {outgoing.map((item) => (
            <OutgoingLine key={item.client_id} item={item} />
          ))}
          {uploading.map((item) => (
            <li key={item.client_id} class={`line line-customer opens outgoing-${item.state}`}>
              <UploadLine item={item} uploads={chat.uploads} words={strings.uploads} />
            </li>
          ))}
          <TypingLine />
        </ol>
      </div>
      <Announcer />
      {behind && (
        <button type="button" class="button to-end" onClick={toEnd}>
          <Icon name="down" /> {strings.newMessages}
        </button>
      )}
    </div>
  );
}
