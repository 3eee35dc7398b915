/** Signing in. The six digits are asked for only once the desk wants them. */
import { useState } from "preact/hooks";
import type { Account } from "./account";
import { Field, Gate } from "./Form";

const ENDED = {
  signed_out: "You're signed off, and your chats went back to their places in line. Your drafts are safe in this browser.",
  by_desk: "You're signed off: the desk has ended your session. Sign in to go on. Your drafts are safe in this browser.",
} as const;

export function SignIn({ account }: { account: Account }) {
  const [needsDigits, setNeedsDigits] = useState(false);
  const submit = async (value: (name: string) => string) => {
    const digits = value("totp").replace(/\s/g, "");
    const refusal = await account.signIn({ name: value("name").trim(), password: value("password"), ...(digits ? { totp: digits } : {}) });
    if (refusal?.code !== "totp_needed") return refusal;
    setNeedsDigits(true);
    return digits ? refusal : null;
  };
  const ended = account.ended.value;
  return (
    <Gate title="Sign in" news={ended ? ENDED[ended] : undefined} button="Sign in" onSubmit={submit}>
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
