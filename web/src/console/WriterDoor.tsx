/** What a writer finds at the console: their work is in files, and no chat is shown to them. */
import type { Account } from "./account";

export function WriterDoor({ account, name }: { account: Account; name: string }) {
  return (
    <main class="gate">
      <div class="gate-form">
        <p class="wordmark">Baton</p>
        <h1>
          Hello, <bdi>{name}</bdi>
        </h1>
        <p>Writers have no page here yet, and chats are for reps. Your words are in files:</p>
        <dl class="writer-files">
          <dt>What the bot says</dt>
          <dd>domain/</dd>
          <dt>What it understands</dt>
          <dd>data/nlu/</dd>
          <dt>What the desk says in chats and mails</dt>
          <dd>handoff/words.yml</dd>
        </dl>
        <p class="soft">README.md says how a change is tried.</p>
        <button type="button" class="button" onClick={() => void account.signOut()}>
          Sign out
        </button>
      </div>
    </main>
  );
}
