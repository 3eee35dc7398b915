import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Door } from "../src/chat/Door";
import { languageOf } from "../src/chat/language";
import { cameBefore, LinkSession } from "../src/chat/session";
import { browserStore } from "../src/shared/store";
import { App } from "../src/widget/App";
import { type Parts, PartsContext } from "../src/widget/context";
import { Widget } from "../src/widget/start";
import { speak } from "../src/widget/languages";
import { strings } from "../src/widget/strings";
import type { CustomerView } from "../src/wire";
import { anasView, fromRuth, TALK } from "./people";
import { ok, refusal, ScriptedDesk } from "./scripted";

let desk: ScriptedDesk;
let view: CustomerView;
const store = () => browserStore("c.");

beforeEach(() => {
  localStorage.clear();
  view = anasView({ state: "with_rep", owner: { kind: "rep", name: "Ruth", picture: null }, version: 3 });
  desk = new ScriptedDesk()
    .on("POST /api/sessions", ok({ session: "s1", verified: false, name: null, order_id: null, expires_at: "" }, 201))
    .on("GET /api/conversations/current", () => ok(view))
    .on(`GET /api/conversations/${TALK}`, () => ok(view))
    .on(`GET /api/conversations/${TALK}/messages`, () => ok({ messages: [fromRuth(1, "Here it is.")], head: 1, version: view.version, more: false }));
});
afterEach(cleanup);

async function show(parts: Partial<Parts> = {}) {
  const widget = parts.widget ?? new Widget(store());
  render(
    <PartsContext.Provider value={{ widget, shut: () => undefined, ...parts }}>
      <App />
    </PartsContext.Provider>,
  );
  void widget.hear({ baton: "identity", token: null });
  void widget.hear({ baton: "open" });
  return widget;
}

test("the page speaks the letter's language, else the browser's, else English", () => {
  expect(languageOf("?lang=de", ["en-GB"])).toBe("de");
  expect(languageOf("", ["fr-FR", "de-AT", "en"])).toBe("de");
  expect(languageOf("?lang=xx", ["fr"])).toBe("en");
});

describe("The link in a mail", () => {
  afterEach(() => speak("en"));

  test("leads to a door that speaks German to whoever wrote in German", async () => {
    speak("de");
    desk.on("POST /api/links/chat", refusal(410, "link_used", "This link was used already or is older than seven days."));
    render(<Door token="the-token" store={store()} onOpen={vi.fn()} />);
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Ihr Chat mit dem Shop");
    fireEvent.click(screen.getByText("Mit meinem Chat weitermachen"));
    await screen.findByText("Dieser Link wurde schon benutzt oder ist älter als sieben Tage.");
    await screen.findByText(/mit dem Link in unserer nächsten E-Mail/);
  });

  test("is used by the button and not by opening the page", async () => {
    desk.on("POST /api/links/chat", ok({ session: "by-link", conversation: TALK, expires_at: "" }, 201));
    const onOpen = vi.fn();
    render(<Door token="the-token" store={store()} onOpen={onOpen} />);
    expect(desk.to("POST /api/links/chat")).toHaveLength(0);
    fireEvent.click(screen.getByText(strings.doorOpen));
    await waitFor(() => expect(onOpen).toHaveBeenCalledOnce());
    expect(desk.to("POST /api/links/chat").map(({ body }) => body.token)).toEqual(["the-token"]);
    expect(new LinkSession(store()).token).toBe("by-link");
  });

  test("that was used says so, and where to go", async () => {
    desk.on("POST /api/links/chat", refusal(410, "link_used", "This link was used already or is older than seven days."));
    const onOpen = vi.fn();
    render(<Door token="the-token" store={store()} onOpen={onOpen} />);
    fireEvent.click(screen.getByText(strings.doorOpen));
    await screen.findByText(/used already/);
    expect(onOpen).not.toHaveBeenCalled();
  });

  test("that was used in this browser before leads to the chat again", async () => {
    store().set("session", JSON.stringify({ session: "by-link", sub: null }));
    desk.on("POST /api/links/chat", refusal(410, "link_used", "This link was used already."));
    const onOpen = vi.fn();
    render(<Door token="the-token" store={store()} onOpen={onOpen} />);
    fireEvent.click(screen.getByText(strings.doorOpen));
    await waitFor(() => expect(onOpen).toHaveBeenCalledOnce());
  });

  test("begins no other chat when its session is over", async () => {
    store().set("session", JSON.stringify({ session: "by-link", sub: null }));
    desk.on("GET /api/conversations/current", refusal(401, "signed_out", "This session has ended."));
    const widget = new Widget(store(), new LinkSession(store()));
    await show({ widget, byLink: true });
    await screen.findByText(strings.doorElsewhere, undefined, { timeout: 3_000 });
    expect(desk.to("POST /api/sessions")).toHaveLength(0);
    expect(cameBefore(store())).toBe(false);
  });

  test("shows a chat without what a link can't do", async () => {
    store().set("session", JSON.stringify({ session: "by-link", sub: null }));
    view = anasView({ state: "waiting", place: 1, version: 3, email: "a…@example.com" });
    await show({ widget: new Widget(store(), new LinkSession(store())), byLink: true, mail: true });
    await screen.findByText("Here it is.");
    for (const words of [strings.stopWaiting, strings.emailChange]) expect(screen.queryByText(words)).toBeNull();
    expect(screen.queryByLabelText(strings.close)).toBeNull();
  });
});

describe("Ana's e-mail address", () => {
  test("is asked for while she waits, and shown masked once it's there", async () => {
    view = anasView({ state: "waiting", place: 1, version: 3 });
    desk.on(`POST /api/conversations/${TALK}/email`, () => ok((view = { ...view, email: "a…@example.com", version: 4 })));
    await show({ mail: true });
    fireEvent.click(await screen.findByText(strings.emailOffer));
    fireEvent.input(screen.getByLabelText(strings.emailLabel), { target: { value: " ana@example.com " } });
    fireEvent.submit(screen.getByLabelText(strings.emailLabel).closest("form")!);
    await screen.findByText(strings.emailKnown("a…@example.com"));
    expect(desk.to(`POST /api/conversations/${TALK}/email`).map(({ body }) => body.email)).toEqual(["ana@example.com"]);
  });

  test("is refused with words, and she can mend it", async () => {
    view = anasView({ state: "waiting", place: 1, version: 3 });
    desk.on(`POST /api/conversations/${TALK}/email`, refusal(422, "bad_field", "That isn't an e-mail address we can write to."));
    await show({ mail: true });
    fireEvent.click(await screen.findByText(strings.emailOffer));
    fireEvent.input(screen.getByLabelText(strings.emailLabel), { target: { value: "ana@example" } });
    fireEvent.submit(screen.getByLabelText(strings.emailLabel).closest("form")!);
    await screen.findByText(/we can write to/);
    expect(screen.getByLabelText<HTMLInputElement>(strings.emailLabel).value).toBe("ana@example");
  });

  test("isn't asked for where the desk sends no mail, nor while the bot answers", async () => {
    view = anasView({ state: "waiting", place: 1, version: 3 });
    await show();
    await screen.findByText("Here it is.");
    expect(screen.queryByText(strings.emailOffer)).toBeNull();
    cleanup();
    view = anasView({ version: 3 });
    await show({ mail: true });
    await screen.findByText("Here it is.");
    expect(screen.queryByText(strings.emailOffer)).toBeNull();
  });

  test("gets a copy of a closed chat at one press", async () => {
    view = anasView({ state: "closed", owner: { kind: "none", name: null, picture: null }, version: 3, email: "a…@example.com" });
    desk.on(`POST /api/conversations/${TALK}/transcript`, () => ok(view));
    await show({ mail: true });
    fireEvent.click(await screen.findByText(strings.copyTo("a…@example.com")));
    await waitFor(() => expect(desk.to(`POST /api/conversations/${TALK}/transcript`).map(({ body }) => body)).toEqual([{}]));
  });
});
