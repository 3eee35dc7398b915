/** Middle: one conversation, all that was said, and the box to answer in. */
import { Icon } from "../shared/icons";
import type { RepView } from "../wire";
import { focusComposer, inPlaceOfBox } from "./box";
import { BriefLine } from "./BriefOnTop";
import { CallPanel } from "./CallPanel";
import { Composer } from "./Composer";
import { useParts } from "./context";
import { wantedBy } from "./Needs";
import { isLead } from "./pages";
import { Proven } from "./Proven";
import type { RepChat } from "./rep-chat";
import { whyNoRoom } from "./room";
import { Transcript } from "./Transcript";
import { inWords } from "./topics";

interface ConversationProps {
  chat: RepChat;
  /** On a narrow screen the lists and the details are behind buttons. */
  onBack: () => void;
  onDetails: () => void;
}

export function Conversation({ chat, onBack, onDetails }: ConversationProps) {
  const { desk } = useParts();
  const view = chat.view.value;
  return (
    <main class="conversation">
      <header class="conversation-head">
        <button type="button" class="icon-button only-narrow" aria-label="Back to the lists" onClick={onBack}>
          <Icon name="back" />
        </button>
        <div class="conversation-words">
          <h1>
            <bdi>{titleOf(chat)}</bdi>
            {view && <Proven verified={view.brief.verified} />}
          </h1>
          <p class="soft">
            {view && stateWords(view)}
            <Lookers names={chat.lookers.value.filter((name) => name !== view?.owner.name)} />
          </p>
        </div>
        {view && <Steps view={view} />}
        <button type="button" class="icon-button only-middle" aria-label="About the customer and the order" onClick={onDetails}>
          <Icon name="panel" />
        </button>
      </header>
      {desk.notice.value && (
        <p class="notice" role="alert">
          {desk.notice.value}
        </p>
      )}
      {view && <BriefLine brief={view.brief} />}
      {view && <CallPanel view={view} />}
      {chat.missing.value ? <p class="empty">Somebody else is helping this customer now.</p> : <Transcript chat={chat} key={chat.id} />}
      <Previewed text={chat.preview.name.value ?? ""} />
      {view ? <Foot view={view} /> : <KeptDraft id={chat.id} />}
    </main>
  );
}

/** What the customer has in their box. Not read out: it changes with every word. */
function Previewed({ text }: { text: string }) {
  if (text === "") return null;
  return (
    <section class="previewed" aria-label="Not sent yet">
      <span class="previewed-by">Not sent yet</span> <bdi>{text}</bdi>
    </section>
  );
}

/** Who else has this chat open, so that two don't begin to help at once. */
function Lookers({ names }: { names: readonly string[] }) {
  return (
    <span role="status" class="lookers">
      {names.length > 0 && <bdi>{lookerWords(names)}</bdi>}
    </span>
  );
}

function Steps({ view }: { view: RepView }) {
  const { desk } = useParts();
  if (view.state === "waiting" || (view.state === "promised" && view.promise?.due)) return <ClaimButton id={view.id} />;
  if (view.state !== "with_rep") return null;
  if (!view.yours) return <LeadSteps view={view} />;
  return (
    <div class="conversation-steps">
      <button type="button" class="button" onClick={() => (desk.panel.value = "note")}>
        Note
      </button>
      <button type="button" class="button" onClick={() => (desk.panel.value = "call_later")}>
        Call later
      </button>
      <button type="button" class="button" onClick={() => (desk.panel.value = "pass")}>
        Pass on
      </button>
      <button type="button" class="button" onClick={() => void desk.release(view.id)}>
        Release
      </button>
      <button type="button" class="button" onClick={() => (desk.panel.value = "close")}>
        Close
      </button>
    </div>
  );
}

/** What a lead can do in another rep's chat. */
function LeadSteps({ view }: { view: RepView }) {
  const { desk, account } = useParts();
  if (!isLead(account.rep.value?.role)) return null;
  return (
    <div class="conversation-steps">
      <button type="button" class="button" onClick={() => (desk.panel.value = "note")}>
        Whisper
      </button>
      <button type="button" class="button" onClick={() => void desk.takeOver(view.id).then((mine) => mine && focusComposer())}>
        Take over
      </button>
    </div>
  );
}

function ClaimButton({ id }: { id: string }) {
  const { desk } = useParts();
  if (whyNoRoom(desk.queue.value.you)) return null;
  return (
    <button type="button" class="button button-main" onClick={() => void desk.claim(id).then((mine) => mine && focusComposer())}>
      Claim
    </button>
  );
}

function Foot({ view }: { view: RepView }) {
  const { desk } = useParts();
  const item = desk.waiting.shown.value.find((each) => each.id === view.id);
  const wanted = item ? wantedBy(item) : null;
  if (view.yours && view.state === "with_rep") return <Composer id={view.id} />;
  return (
    <>
      <p class="conversation-foot soft" tabIndex={-1} ref={inPlaceOfBox}>
        {whyNoBox(view, whyNoRoom(desk.queue.value.you))}
        {wanted && ` It should go to ${wanted} first: others are offered it only after a minute.`}
      </p>
      {view.state === "closed" && view.vote_words && (
        <p class="conversation-foot kept">
          <span class="soft">The customer adds:</span> <bdi>{view.vote_words}</bdi>
        </p>
      )}
      <KeptDraft id={view.id} />
    </>
  );
}

function KeptDraft({ id }: { id: string }) {
  const draft = useParts().desk.drafts.of(id);
  if (!draft) return null;
  return (
    <p class="conversation-foot kept">
      <span class="soft">Your draft is kept:</span> <bdi>{draft}</bdi>
    </p>
  );
}

function titleOf(chat: RepChat): string {
  if (chat.missing.value) return "Not yours";
  return chat.view.value?.brief.customer_name ?? "A visitor";
}

function lookerWords(names: readonly string[]): string {
  const [one = "", other = ""] = names;
  if (names.length === 1) return `${one} is looking too`;
  if (names.length === 2) return `${one} and ${other} are looking too`;
  return `${one} and ${names.length - 1} others are looking too`;
}

function stateWords(view: RepView): string {
  const name = view.topic ?? view.brief.topic;
  const topic = name ? inWords(name) : "No topic yet";
  if (view.state === "waiting") return `${topic} · waiting${view.place ? `, number ${view.place}` : ""}`;
  if (view.state === "promised") return `${topic} · ${view.promise?.kind === "message_left" ? "is promised an answer" : "wants to be called"}`;
  if (view.state === "closed") return `${topic} · closed${view.vote === null ? "" : view.vote ? ", solved" : ", not solved"}`;
  return topic;
}

function whyNoBox(view: RepView, noRoom: string | null): string {
  if (view.state === "waiting") return noRoom ?? "Claim this conversation to answer.";
  if (view.state === "promised") return view.promise?.due ? (noRoom ?? "Claim this conversation to keep the promise.") : "Promised for later: it comes up under Due.";
  if (view.state === "closed") return voteWords(view.vote);
  return `${view.owner.name ?? (view.owner.kind === "bot" ? "The bot" : "Another rep")} has this conversation now.`;
}

function voteWords(vote: boolean | null): string {
  if (vote === null) return "Closed. The customer hasn't said yet whether it's solved.";
  return vote ? "Closed. The customer says it's solved." : "Closed. The customer says it isn't solved.";
}
