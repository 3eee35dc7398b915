/** Who is at the console: first account, signing in, signing out. */
import { signal } from "@preact/signals";
import { type Answer, type Ask, asker, codeOf } from "../shared/ask";
import type { AcceptInvitation, InvitationAccepted, InvitationShown, Rep, SetUp, SetUpDone, SetUpNeeded, SignedIn, SignIn } from "../wire";

/** "set_up": no account exists yet; "second_factor": it was just made, and its key must go into an app;
 *  "invited": somebody came by the link of an invitation. */
export type Phase = "looking" | "invited" | "set_up" | "second_factor" | "sign_in" | "in" | "unreachable";

/** The account that was just made, until it has signed in. */
export interface Made {
  name: string;
  password: string;
  secret: string;
  uri: string;
}

export class Account {
  readonly phase = signal<Phase>("looking");
  readonly rep = signal<Rep | null>(null);
  /** How the last session in this page ended: by the rep, or by the desk. */
  readonly ended = signal<"signed_out" | "by_desk" | null>(null);
  readonly made = signal<Made | null>(null);
  /** The token of an invitation's link, while it's in the address. */
  invitation: string | null = null;
  #csrf = "";
  #signsOut = false;
  readonly headers = () => ({ "X-CSRF-Token": this.#csrf });
  readonly ask: Ask = asker(() => this.headers());

  /** Find out whether somebody is signed in already. */
  async look(): Promise<void> {
    this.invitation = invitationIn(location.hash);
    if (this.invitation) return void (this.phase.value = "invited");
    await this.#lookWhoItIs();
  }

  async #lookWhoItIs(): Promise<void> {
    const me = await this.ask<SignedIn>("GET", "/api/rep/me");
    if (me.kind === "ok") this.#enter(me.body);
    else if (me.kind === "unreachable" || me.status >= 500) this.#lookLater();
    else await this.#askForSetUp();
  }

  async #askForSetUp(): Promise<void> {
    const setUp = await this.ask<SetUpNeeded>("GET", "/api/setup");
    this.phase.value = setUp.kind === "ok" && setUp.body.needed ? "set_up" : "sign_in";
  }

  /** Sign in; null when it worked, else why not. `totp_needed` asks for the six digits. */
  async signIn(words: SignIn): Promise<{ code: string; message: string } | null> {
    const answer = await this.ask<SignedIn>("POST", "/api/rep/sign-in", words);
    if (answer.kind === "ok") this.#enter(answer.body);
    return refusalOf(answer);
  }

  /** Make the first account; null when it worked, else why not. */
  async setUp(words: SetUp): Promise<{ code: string; message: string } | null> {
    const answer = await this.ask<SetUpDone>("POST", "/api/setup", words);
    if (answer.kind === "ok") {
      this.made.value = { name: words.name, password: words.password, secret: answer.body.totp_secret, uri: answer.body.totp_uri };
      this.phase.value = "second_factor";
    }
    return refusalOf(answer);
  }

  /** Look at the invitation, without using it. */
  async readInvitation(): Promise<Answer<InvitationShown>> {
    return this.ask<InvitationShown>("POST", "/api/invitation/look", { token: this.invitation ?? "" });
  }

  /** Accept it: then this account signs in, at once where no second factor is asked for. */
  async accept(words: Omit<AcceptInvitation, "token">): Promise<{ code: string; message: string } | null> {
    const answer = await this.ask<InvitationAccepted>("POST", "/api/invitation/accept", { ...words, token: this.invitation ?? "" });
    if (answer.kind !== "ok") return refusalOf(answer);
    this.leaveInvitation();
    const { name, totp_secret, totp_uri } = answer.body;
    if (!totp_secret || !totp_uri) return this.signIn({ name, password: words.password });
    this.made.value = { name, password: words.password, secret: totp_secret, uri: totp_uri };
    this.phase.value = "second_factor";
    return null;
  }

  /** The link is used up or isn't wanted: out of the address, and on to signing in. */
  leaveInvitation(): void {
    this.invitation = null;
    history.replaceState(null, "", location.pathname);
    this.phase.value = "looking";
  }

  async signOut(): Promise<void> {
    this.#signsOut = true; // the desk may end the socket before it answers
    await this.ask("POST", "/api/rep/sign-out", {});
    this.leave();
  }

  /** The rep's picture was changed. */
  showPicture(picture: string | null): void {
    if (this.rep.value) this.rep.value = { ...this.rep.value, picture };
  }

  /** The desk ended the session. */
  leave(): void {
    this.rep.value = null;
    this.ended.value = this.#signsOut ? "signed_out" : "by_desk";
    this.#csrf = "";
    this.phase.value = "sign_in";
  }

  #enter({ rep, csrf }: SignedIn): void {
    this.#csrf = csrf;
    this.made.value = null;
    this.ended.value = null;
    this.#signsOut = false;
    this.rep.value = rep;
    this.phase.value = "in";
  }

  #lookLater(): void {
    this.phase.value = "unreachable";
    setTimeout(() => void this.look(), 3_000);
  }
}

function invitationIn(hash: string): string | null {
  return /^#invitation=(.+)$/.exec(hash)?.[1] ?? null;
}

function refusalOf(answer: Answer<unknown>): { code: string; message: string } | null {
  if (answer.kind === "ok") return null;
  if (answer.kind === "refused") return { code: codeOf(answer) ?? "", message: answer.error.message };
  return { code: "unreachable", message: "The desk can't be reached. Check your connection and try again." };
}
