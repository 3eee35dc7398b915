/** "Did we solve your problem?": one yes or no for the conversation, with a sentence if the customer likes; both can be changed. */
import { useState } from "preact/hooks";
import { useParts } from "./context";
import { strings } from "./strings";

export function ClosingQuestion({ enabled }: { enabled: boolean }) {
  const { chat } = useParts().widget;
  const vote = enabled ? (chat.view.value?.vote ?? null) : null;
  return (
    <>
      <div class="choices">
        <Answer words={strings.solvedYes} pressed={vote === true} enabled={enabled} onClick={() => void chat.vote(true)} />
        <Answer words={strings.solvedNo} pressed={vote === false} enabled={enabled} onClick={() => void chat.vote(false)} />
      </div>
      {vote !== null && <p class="thanks">{thanks(vote, chat.view.value?.can_reopen ?? false)}</p>}
      {vote !== null && <Why solved={vote} said={chat.view.value?.vote_words ?? ""} />}
    </>
  );
}

const LONGEST_WORDS = 500;

function Why({ solved, said }: { solved: boolean; said: string }) {
  const { chat } = useParts().widget;
  const [text, setText] = useState(said);
  const isKept = text.trim() === said;
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    // What comes back may have a card number hidden, or be nothing.
    void chat.vote(solved, text).then((done) => done && setText(chat.view.value?.vote_words ?? ""));
  };
  return (
    <form class="why" onSubmit={send}>
      <label for="why">{strings.voteWhy}</label>
      <textarea id="why" class="field" rows={2} maxLength={LONGEST_WORDS} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      <p class="why-steps">
        <span role="status">{isKept && said ? strings.voteSaid : ""}</span>
        <button type="submit" class="button button-small" disabled={isKept}>
          {strings.voteSend}
        </button>
      </p>
    </form>
  );
}

interface AnswerProps {
  words: string;
  pressed: boolean;
  enabled: boolean;
  onClick: () => void;
}

function Answer({ words, pressed, enabled, onClick }: AnswerProps) {
  return (
    <button type="button" class={pressed ? "button choice chosen" : "button choice"} aria-pressed={pressed} disabled={!enabled} onClick={onClick}>
      {words}
    </button>
  );
}

function thanks(solved: boolean, canReopen: boolean): string {
  if (solved) return strings.thanksYes;
  return canReopen ? strings.thanksNo : strings.thanks;
}
