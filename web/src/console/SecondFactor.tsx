/** After the first account: its key for an authenticator app, shown this once. The first six digits sign in. */
import type { Account, Made } from "./account";
import { Field, Gate } from "./Form";

const INTRO = "This account signs in with six digits from an authenticator app besides the password. Add this key to the app now; it isn't shown again.";

export function SecondFactor({ account, made }: { account: Account; made: Made }) {
  const submit = (value: (name: string) => string) =>
    account.signIn({ name: made.name, password: made.password, totp: value("totp").replace(/\s/g, "") });
  return (
    <Gate title="Add the key to your app" intro={INTRO} button="Sign in" onSubmit={submit}>
      <p>
        <code class="totp-key">{inGroups(made.secret)}</code>
      </p>
      <p>
        <a href={made.uri}>Open it in an app on this device</a>
      </p>
      <Field label="Six digits" name="totp" autocomplete="one-time-code" inputMode="numeric" maxLength={7} autofocus />
    </Gate>
  );
}

/** Four letters at a time, for whoever types them over. */
function inGroups(secret: string): string {
  return secret.replace(/.{4}(?=.)/g, "$& ");
}
