/** One stored message. Who spoke (bot, person, the desk) is the desk's word, never the text's. */
import { timeOfDay } from "../shared/clock";
import { Attached } from "../shared/Attached";
import type { ShownLine } from "../shared/lines";
import type { Placed } from "../shared/timeline";
import { Words } from "../shared/Words";
import type { Author } from "../wire";
import { Choices } from "./Choices";
import { ClosingQuestion } from "./ClosingQuestion";
import { useParts } from "./context";
import { strings } from "./strings";

interface MessageLineProps {
  line: ShownLine<Placed>;
  canPress: boolean;
  canVote: boolean;
  /** The customer's last words, and whoever helps has seen them. */
  read: boolean;
}

export function MessageLine({ line, canPress, canVote, read }: MessageLineProps) {
  const { message, opens, ends, day } = line;
  return (
    <>
      {day && <li class="day">{day}</li>}
      <li class={`line line-${message.author.kind} line-${message.kind}${opens ? " opens" : ""}`}>
        <AuthorWords author={message.author} visible={opens} />
        <Said message={message} />
        {message.buttons.length > 0 && <Choices message={message} enabled={canPress} />}
        {message.kind === "vote" && <ClosingQuestion enabled={canVote} />}
        {ends && message.author.kind !== "desk" && (
          <time class="time" dateTime={message.created_at}>
            {timeOfDay(message.created_at)}
          </time>
        )}
        {read && <p class="time">{strings.read}</p>}
      </li>
    </>
  );
}

function Said({ message }: { message: Placed }) {
  const { chat } = useParts().widget;
  const { attachment, conversation } = message;
  return (
    <div class={attachment?.width ? "bubble bubble-picture" : "bubble"}>
      {attachment ? (
        <Attached attachment={attachment} path={`/api/conversations/${conversation}/files/${attachment.id}`} shelf={chat.shelf} words={strings.files} />
      ) : (
        <Words text={message.text} showAll={strings.showAll} />
      )}
    </div>
  );
}

function AuthorWords({ author, visible }: { author: Author; visible: boolean }) {
  if (author.kind === "customer") return <span class="hidden-words">{strings.you}: </span>;
  if (author.kind === "desk") return <span class="hidden-words">{strings.desk}: </span>;
  const isBot = author.kind === "bot";
  return (
    <p class={visible ? "author" : "hidden-words"}>
      <bdi>{author.name ?? (isBot ? strings.theBot : strings.aPerson)}</bdi>
      <span class={`tag tag-${author.kind}`}>{isBot ? strings.bot : strings.person}</span>
    </p>
  );
}
