/** Before a rep signs out with something in hand: what becomes of it. */
import { useParts } from "./context";
import { Dialog } from "./Dialog";
import { DialogSteps } from "./DialogSteps";
import { leave, unsentFiles } from "./leaving";

export function SignOutDialog({ onDone }: { onDone: () => void }) {
  const { desk, account } = useParts();
  const unsent = unsentFiles(desk);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    leave({ desk, account });
  };
  return (
    <Dialog labelledBy="sign-out-title" onClose={onDone}>
      <form onSubmit={submit}>
        <h2 id="sign-out-title">Sign out?</h2>
        <p>{heldWords(desk.queue.value.mine.length)}</p>
        {unsent > 0 && <p>{unsent === 1 ? "A file of yours hasn't been sent. It's forgotten." : `${unsent} files of yours haven't been sent. They're forgotten.`}</p>}
        <p class="soft">To choose who goes on with a chat, stay, open it and press &ldquo;Pass on&rdquo;.</p>
        <DialogSteps stay="Stay" go="Sign out" onStay={onDone} />
      </form>
    </Dialog>
  );
}

/** "You hold 3 chats. They go back to the line …" */
function heldWords(held: number): string {
  if (held === 0) return "You hold no chats any more.";
  if (held === 1) return "You hold one chat. It goes back to the line at its old place, and its customer is told.";
  return `You hold ${held} chats. They go back to the line at their old places, and their customers are told.`;
}
