/** Signing in. The six digits are asked for only once the desk wants them. */
import { useState } from "preact/hooks";
import type { Account } from "./account";
import { Field, Gate } from "./Form";

export function SignIn({ account }: { account: Account }) {
  const [needsDigits, setNeedsDigits] = useState(false);
  const submit = async (value: (name: string) => string) => {
    const digits = value("totp").replace(/\s/g, "");
    const refusal = await account.signIn({ name: value("name").trim(), password: value("password"), ...(digits ? { totp: digits } : {}) });
    if (refusal?.code !== "totp_needed") return refusal;
    setNeedsDigits(true);
    return digits ? refusal : null;
  };
  return (
    <Gate title="Sign in" button="Sign in" onSubmit={submit}>
      <Field label="Name" name="name" autocomplete="username" autocapitalize="none" spellcheck={false} autofocus />
      <Field label="Password" name="password" type="password" autocomplete="current-password" />
      {needsDigits && <Digits />}
    </Gate>
  );
}

function Digits() {
  return (
    <Field
      label="Six digits"
      name="totp"
      inputmode="numeric"
      autocomplete="one-time-code"
      pattern="[0-9 ]{6,7}"
      hint="From your authenticator app."
      ref={(input: HTMLInputElement | null) => input?.focus()}
    />
  );
}
