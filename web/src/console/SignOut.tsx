/** Signing out: at once with empty hands; else the rep is told first what becomes of their chats. */
import { useState } from "preact/hooks";
import { useParts } from "./context";
import { Dialog } from "./Dialog";
import { DialogSteps } from "./DialogSteps";

export function SignOut() {
  const { desk, account } = useParts();
  const [asking, setAsking] = useState(false);
  const held = desk.queue.value.mine.length;
  const leave = () => void account.signOut();
  return (
    <>
      <button type="button" class="link-button soft" onClick={() => (held > 0 ? setAsking(true) : leave())}>
        Sign out
      </button>
      {asking && <Question held={held} onStay={() => setAsking(false)} onLeave={leave} />}
    </>
  );
}

function Question({ held, onStay, onLeave }: { held: number; onStay: () => void; onLeave: () => void }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onLeave();
  };
  return (
    <Dialog labelledBy="sign-out-title" onClose={onStay}>
      <form onSubmit={submit}>
        <h2 id="sign-out-title">Sign out?</h2>
        <p>{heldWords(held)}</p>
        <p class="soft">To choose who goes on with a chat, stay, open it and press &ldquo;Pass on&rdquo;.</p>
        <DialogSteps stay="Stay" go="Sign out" onStay={onStay} />
      </form>
    </Dialog>
  );
}

/** "You hold 3 chats. They go back to the line …" */
export function heldWords(held: number): string {
  if (held === 0) return "You hold no chats any more.";
  if (held === 1) return "You hold one chat. It goes back to the line at its old place, and its customer is told.";
  return `You hold ${held} chats. They go back to the line at their old places, and their customers are told.`;
}
