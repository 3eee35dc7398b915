/** Ruth at the console, before a scripted desk. */
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { expect } from "vitest";
import { Account } from "../src/console/account";
import { App } from "../src/console/App";
import type { Macro, Message, Offer, RepQueue, RepView, Shift } from "../src/wire";
import { fromAna, fromRuth, lists, queued, ruthsView, TALK } from "./people";
import { ok, refusal, ScriptedDesk, ScriptedSocket } from "./scripted";

const RUTH = { rep: { id: "r1", name: "ruth", display_name: "Ruth", role: "rep" }, csrf: "token" };

export const MACROS: Macro[] = [
  { name: "late", title: "The parcel is late", text: "Sorry, {customer_name}: {tracking_number} is late.", skill: "orders" },
  { name: "moment", title: "One moment", text: "One moment, {customer_name}. {rep}", skill: null },
];

/** What the desk has; a test changes it before or while Ruth works. */
export class Ruth {
  view: RepView = ruthsView();
  said: Message[] = [fromAna(1, "Where is it?")];
  queue: RepQueue = lists({ waiting: [queued()], mine: [], due: [], waiting_total: 1 });
  macros = MACROS;
  shift: Shift | null = null;
  readonly desk: ScriptedDesk;

  constructor() {
    localStorage.clear();
    this.desk = new ScriptedDesk()
      .on("GET /api/rep/me", ok(RUTH))
      .on("GET /api/rep/queue", () => ok(this.queue))
      .on("GET /api/rep/shift", () => ok(this.shift))
      .on("GET /api/rep/macros", () => ok({ macros: this.macros }))
      .on(`GET /api/rep/conversations/${TALK}`, () => ok({ ...this.view, head: this.said.length }))
      .on(`GET /api/rep/conversations/${TALK}/messages`, ({ path }) => ok(this.#page(Number(path.split("=")[1]))))
      .on(`GET /api/rep/conversations/${TALK}/suggestions`, ok({ suggestions: [] }))
      .on(`GET /api/rep/conversations/${TALK}/past`, ok({ conversations: [], more: false }))
      .on(`GET /api/rep/conversations/${TALK}/order-card`, refusal(503, "shop_unavailable", "Down."))
      .on(`POST /api/rep/conversations/${TALK}/claim`, () => this.holds())
      .on(`POST /api/rep/conversations/${TALK}/release`, () => ok((this.view = ruthsView({ version: 3 }))))
      .on(`POST /api/rep/conversations/${TALK}/messages`, ({ body }) => {
        const stored = { ...fromRuth(this.said.length + 1, String(body.text)), client_id: String(body.client_id) };
        this.said.push(stored);
        return ok(stored, 201);
      });
  }

  /** Ana's chat is hers. */
  holds() {
    this.view = ruthsView({ state: "with_rep", owner: { kind: "rep", name: "Ruth", picture: null }, yours: true, version: 2 });
    this.queue = lists({ waiting: [], mine: [queued({ state: "with_rep", place: null })], due: [], waiting_total: 0 });
    return ok(this.view);
  }

  /** Ana's chat is offered to her. */
  isOffered(more: Partial<Offer> = {}) {
    const offer: Offer = { id: "o1", chat: queued(), reason: "Because you are best at orders.", seconds_left: 20, ...more };
    this.queue = lists({ offer, waiting: [queued()], waiting_total: 1 });
    this.queue.you.pushed = true;
    this.desk
      .on("POST /api/rep/offers/o1/accept", () => this.holds())
      .on("POST /api/rep/offers/o1/skip", { status: 204, body: null });
  }

  async sitsDown(until = "Ana"): Promise<void> {
    const account = new Account();
    render(<App account={account} />);
    await account.look();
    await screen.findByRole("heading", { name: /My chats/ });
    ScriptedSocket.latest.open();
    await screen.findByText(until);
  }

  async holdsAnasChat(): Promise<void> {
    this.holds();
    await this.sitsDown();
    await screen.findByLabelText("Reply");
    await screen.findByText("Where is it?", { selector: ".words" });
  }

  /** She holds Ana's chat and has opened the dialog that closes it, with the keyboard on the first usual cause. */
  async isAboutToClose(): Promise<void> {
    await this.holdsAnasChat();
    this.desk.on(CLOSE, () => ok((this.view = ruthsView({ state: "closed", owner: { kind: "none", name: null, picture: null }, version: 3 }))));
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    const first = await screen.findByRole("button", { name: /Carrier was late/ });
    await waitFor(() => expect(document.activeElement).toBe(first));
  }

  #page(after: number) {
    return { messages: this.said.slice(after), head: this.said.length, version: this.view.version, more: false };
  }
}

export const CLOSE = `POST /api/rep/conversations/${TALK}/close`;
export const cause = () => screen.getByLabelText<HTMLInputElement>("What caused it?");
export const row = (name: string) => screen.getAllByText(name).map((node) => node.closest<HTMLElement>(".row")).find(Boolean)!;
export const box = () => screen.getByLabelText<HTMLTextAreaElement>("Reply");

/** Type into a field, with the cursor at the end. */
export function type(field: HTMLTextAreaElement | HTMLInputElement, text: string): void {
  field.value = text;
  field.setSelectionRange(text.length, text.length);
  fireEvent.input(field);
}

/** Press a key where the keyboard is. */
export function press(key: string, more: Partial<KeyboardEventInit> = {}): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
}
