/** Signing out: at once with empty hands; else the rep is told first what becomes of their chats and files. */
import { useState } from "preact/hooks";
import { useParts } from "./context";
import { Dialog } from "./Dialog";
import { DialogSteps } from "./DialogSteps";
import { signOut } from "./leaving";

export function SignOut() {
  const { desk, account } = useParts();
  const [asking, setAsking] = useState(false);
  const held = desk.queue.value.mine.length;
  const unsent = desk.uploads.items.value.filter(({ file }) => file).length;
  const leave = () => signOut({ desk, account });
  return (
    <>
      <button type="button" class="link-button soft" onClick={() => (held + unsent > 0 ? setAsking(true) : leave())}>
        Sign out
      </button>
      {asking && <Question held={held} unsent={unsent} onStay={() => setAsking(false)} onLeave={leave} />}
    </>
  );
}

function Question({ held, unsent, onStay, onLeave }: { held: number; unsent: number; onStay: () => void; onLeave: () => void }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onLeave();
  };
  return (
    <Dialog labelledBy="sign-out-title" onClose={onStay}>
      <form onSubmit={submit}>
        <h2 id="sign-out-title">Sign out?</h2>
        <p>{heldWords(held)}</p>
        {unsent > 0 && <p>{unsent === 1 ? "A file of yours hasn't been sent. It's forgotten." : `${unsent} files of yours haven't been sent. They're forgotten.`}</p>}
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
