/** The first account, made with the one-time code that the desk printed when it started. */
import type { Account } from "./account";
import { Field, Gate } from "./Form";

export function SetUp({ account }: { account: Account }) {
  const submit = (value: (name: string) => string) =>
    account.setUp({ code: value("code").trim(), name: value("name").trim(), display_name: value("display_name").trim(), password: value("password") });
  return (
    <Gate title="Make the first account" intro="There are no accounts yet. This one may make the others." button="Make the account" onSubmit={submit}>
      <Field label="Set-up code" name="code" autocomplete="off" spellcheck={false} hint="The desk printed it when it started. It works for 30 minutes." autofocus />
      <Field label="Name to sign in with" name="name" autocomplete="username" autocapitalize="none" maxLength={80} />
      <Field label="Name that customers see" name="display_name" autocomplete="given-name" maxLength={80} />
      <Field label="Password" name="password" type="password" autocomplete="new-password" minLength={12} hint="At least 12 characters." />
    </Gate>
  );
}
