/** Whoever came by the link of an invitation makes their account, or chooses their sign-in anew. */
import { useEffect, useState } from "preact/hooks";
import { wordsOf } from "../shared/ask";
import type { InvitationShown } from "../wire";
import type { Account } from "./account";
import { Field, Gate } from "./Form";

const UNREACHABLE = "The desk can't be reached. Check your connection and reload the page.";

export function Invitation({ account }: { account: Account }) {
  const [shown, setShown] = useState<InvitationShown | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    void account.readInvitation().then((answer) => {
      if (answer.kind === "ok") setShown(answer.body);
      else setTrouble(wordsOf(answer, UNREACHABLE));
    });
  }, [account]);
  if (shown) return <Accept account={account} shown={shown} />;
  return <NoInvitation account={account} words={trouble} />;
}

function NoInvitation({ account, words }: { account: Account; words: string | null }) {
  const toSignIn = () => {
    account.leaveInvitation();
    void account.look();
  };
  return (
    <main class="gate">
      <div class="gate-form">
        <p class="wordmark">Baton</p>
        <h1>Your invitation</h1>
        <p role="status">{words ?? "One moment"}</p>
        {words && (
          <>
            <p class="soft">Ask whoever invited you for a new link.</p>
            <button type="button" class="button" onClick={toSignIn}>
              Sign in instead
            </button>
          </>
        )}
      </div>
    </main>
  );
}

function Accept({ account, shown }: { account: Account; shown: InvitationShown }) {
  const known = shown.name;
  const submit = (value: (name: string) => string) => {
    const names = { name: known ?? value("name").trim(), display_name: shown.display_name ?? value("display_name").trim() };
    return account.accept({ ...names, password: value("password") });
  };
  const title = known ? "Choose your sign-in anew" : "Make your account";
  const factor = shown.second_factor ? " Next, you set up an authenticator app." : "";
  const intro = known ? `For the account ${known}.${factor}` : `You're invited as ${shown.email}.${factor}`;
  return (
    <Gate title={title} intro={intro} button={known ? "Save" : "Make my account"} onSubmit={submit}>
      {!known && <Field label="Name to sign in with" name="name" autocomplete="username" autocapitalize="none" spellcheck={false} maxLength={80} autofocus />}
      {!known && <Field label="Name that customers see" name="display_name" autocomplete="given-name" maxLength={80} />}
      <Field label="Password" name="password" type="password" autocomplete="new-password" minLength={12} hint="At least 12 characters." />
    </Gate>
  );
}
