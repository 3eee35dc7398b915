import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { browserStore } from "../src/shared/store";
import { App } from "../src/widget/App";
import { PartsContext } from "../src/widget/context";
import { tellRead } from "../src/widget/read-marks";
import { ringWhenHidden } from "../src/widget/sound";
import { Widget } from "../src/widget/start";
import { strings } from "../src/widget/strings";
import { transcriptOf } from "../src/widget/transcript";
import { countUnread } from "../src/widget/unread";
import type { CustomerView, Message } from "../src/wire";
import { anasView, fromAna, fromRuth, message, TALK } from "./people";
import { ok, ScriptedDesk, ScriptedSocket } from "./scripted";

const RUTH = { kind: "rep", name: "Ruth", picture: "face1" } as const;
const PICTURE = { id: "f1", name: "label.png", media_type: "image/png", size: 900, width: 300, height: 500 };
let desk: ScriptedDesk;
let view: CustomerView;
let said: Message[];

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  view = anasView({ state: "with_rep", owner: RUTH, version: 3 });
  said = [message(1, "Hello."), fromAna(2, "Where is it?"), fromRuth(3, "I'll look.")];
  desk = new ScriptedDesk()
    .on("POST /api/sessions", ok({ session: "s1", verified: true, name: "Ana", order_id: null, expires_at: "" }, 201))
    .on("GET /api/conversations/current", () => ok({ ...view, head: said.length }))
    .on(`GET /api/conversations/${TALK}`, () => ok({ ...view, head: said.length }))
    .on(`GET /api/conversations/${TALK}/messages`, ({ path }) =>
      ok({ messages: said.slice(Number(path.split("=")[1])), head: said.length, version: view.version, more: false }),
    )
    .on(`POST /api/conversations/${TALK}/read`, ok(null, 204))
    .on(`GET /api/conversations/${TALK}/files/f1`, ok("pixels"));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function anaOpensTheChat(): Promise<Widget> {
  const sockets = ScriptedSocket.all.length;
  const widget = new Widget(browserStore("t."));
  tellRead(widget);
  ringWhenHidden(widget);
  render(
    <PartsContext.Provider value={{ widget, shut: vi.fn(), byLink: false }}>
      <App />
    </PartsContext.Provider>,
  );
  void widget.hear({ baton: "identity", token: null });
  void widget.hear({ baton: "open" });
  await screen.findByText(said.at(-1)!.text);
  await waitFor(() => expect(ScriptedSocket.all.length).toBeGreaterThan(sockets));
  ScriptedSocket.latest.open();
  return widget;
}
const hears = (...messages: Message[]) => {
  said.push(...messages);
  messages.forEach((each) => ScriptedSocket.latest.tell({ kind: "message", message: each }));
};
const announced = () => document.querySelector(".log-area > [role=status]")?.textContent ?? "";

describe("Ana in the widget", () => {
  test("sees who helps her, by name and picture", async () => {
    await anaOpensTheChat();
    expect(screen.getByRole("heading", { name: "Ruth" })).toBeTruthy();
    expect(document.querySelector<HTMLImageElement>("img.face")?.getAttribute("src")).toBe("/api/pictures/face1");
  });

  test("sees a picture small and opens it large", async () => {
    await anaOpensTheChat();
    hears({ ...fromRuth(4, "label.png"), attachment: PICTURE });
    const small = await screen.findByRole("button", { name: strings.files.enlarge("label.png") });
    await waitFor(() => expect((small as HTMLButtonElement).disabled).toBe(false));
    expect(within(small).getByRole("img").getAttribute("src")).toMatch(/^blob:/);
    expect(desk.to(`GET /api/conversations/${TALK}/files/f1`)[0]!.headers).toMatchObject({ Authorization: "Bearer s1" });
    fireEvent.click(small);
    expect(await screen.findByRole("dialog", { name: strings.files.picture("label.png") })).toBeTruthy();
  });

  test("sees that her words were read, under the last of them only", async () => {
    said.push(fromAna(4, "Thank you."));
    await anaOpensTheChat();
    expect(screen.queryByText(strings.read)).toBeNull();
    ScriptedSocket.latest.tell({ kind: "state", conversation: { ...view, version: 4, head: 4, rep_read: 4 } });
    await screen.findByText(strings.read);
    expect(within(screen.getByText("Thank you.").closest("li")!).getByText(strings.read)).toBeTruthy();
  });

  test("tells once what she has read, when five messages come, and nothing of her own", async () => {
    // Widgets of tests before this one may still tell what they've read, in their own sessions.
    desk.on("POST /api/sessions", ok({ session: "five", verified: true, name: "Ana", order_id: null, expires_at: "" }, 201));
    await anaOpensTheChat();
    hears(...[4, 5, 6, 7, 8].map((seq) => fromRuth(seq, `word ${seq}`)));
    const own = () => desk.to(`POST /api/conversations/${TALK}/read`).filter(({ headers }) => headers.Authorization === "Bearer five");
    const told = () => own().map(({ body }) => Number(body.seq));
    await waitFor(() => expect(told()).toEqual([8]), { timeout: 3_000 });
    hears(fromAna(9, "ok"));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(told()).toEqual([8]);
  });

  test("isn't said to have read what came while the chat was shut", async () => {
    const widget = await anaOpensTheChat();
    await widget.hear({ baton: "hidden" });
    hears(fromRuth(4, "still there?"));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const told = () => desk.to(`POST /api/conversations/${TALK}/read`).filter(({ body }) => Number(body.seq) === 4);
    expect(told()).toHaveLength(0);
    await widget.hear({ baton: "open" });
    await waitFor(() => expect(told()).toHaveLength(1), { timeout: 3_000 });
  });

  test("hears each new message once from her screen reader, with who said it, and never her own", async () => {
    await anaOpensTheChat();
    expect(announced()).toBe("");
    hears(fromRuth(4, "It's in Graz."));
    await waitFor(() => expect(announced()).toBe("Ruth: It's in Graz."));
    hears(fromAna(5, "Thanks"));
    await screen.findByText("Thanks");
    expect(announced()).toBe("Ruth: It's in Graz.");
    expect(screen.getByRole("log").getAttribute("aria-live")).toBe("off");
  });

  test("hears a sound only when she has turned it on, and only while she isn't looking", async () => {
    const tones: number[] = [];
    vi.stubGlobal("AudioContext", scriptedAudio(tones));
    const widget = await anaOpensTheChat();
    await widget.hear({ baton: "hidden" });
    hears(fromRuth(4, "silent"));
    expect(tones).toEqual([]);
    fireEvent.click(screen.getByText(strings.soundOff));
    expect(tones.splice(0)).toHaveLength(2);
    hears(fromRuth(5, "heard"));
    expect(tones.splice(0)).toHaveLength(2);
    hears(fromAna(6, "my own"));
    await widget.hear({ baton: "open" });
    hears(fromRuth(7, "seen"));
    expect(tones).toEqual([]);
    expect(new Widget(browserStore("t.")).sound.on.value).toBe(true);
  });

  test("isn't told of messages as new that she has read in another tab", async () => {
    const widget = await anaOpensTheChat();
    const counts: number[] = [];
    countUnread(widget, browserStore("t."), (count) => counts.push(count));
    await widget.hear({ baton: "hidden" });
    hears(fromRuth(4, "news"));
    expect(counts.at(-1)).toBe(1);
    ScriptedSocket.latest.tell({ kind: "state", conversation: { ...view, version: 4, head: 4, customer_read: 4 } });
    expect(counts.at(-1)).toBe(0);
  });

  test("goes on hearing when she signs in while the desk hangs up on who she was", async () => {
    const widget = await anaOpensTheChat();
    let signsIn: () => void = () => undefined;
    desk.on("POST /api/sessions", async () => {
      await new Promise<void>((resolve) => (signsIn = resolve));
      return ok({ session: "s2", verified: true, name: "Ana", order_id: null, expires_at: "" }, 201);
    });
    const before = ScriptedSocket.latest;
    void widget.hear({ baton: "identity", token: "a.b.c" });
    before.drop(4401);
    signsIn();
    await waitFor(() => expect(ScriptedSocket.latest).not.toBe(before));
    ScriptedSocket.latest.open();
    expect(ScriptedSocket.latest.sent[0]).toMatchObject({ kind: "hello", session: "s2" });
    await waitFor(() => expect(screen.getByText("I'll look.")).toBeTruthy());
    hears(fromRuth(4, "still with you"));
    await screen.findByText("still with you", { ignore: "[role=status]" });
  });

  test("is told after a reload which file hadn't gone, where the browser couldn't keep it", async () => {
    localStorage.setItem("t.session", JSON.stringify({ session: "s1", sub: null }));
    localStorage.setItem("t.files", "hers");
    sessionStorage.setItem(
      "baton.widget.file.c1",
      JSON.stringify({ client_id: "c1", owner: "hers", conversation: TALK, name: "box.png", at: Date.now() }),
    );
    await anaOpensTheChat();
    const line = (await screen.findByText("box.png")).closest("li")!;
    expect(within(line).getByText(new RegExp(strings.uploads.lost))).toBeTruthy();
    fireEvent.click(within(line).getByText(strings.uploads.discard));
    expect(screen.queryByText("box.png")).toBeNull();
  });
});

test("a saved chat says who said what and when, bot and person told apart", () => {
  const lines = transcriptOf([
    { ...message(1, "Hello.\nHow are you?", { buttons: [{ id: "b", title: "Fine" }] }), seq: 1 },
    { ...fromAna(2, "box.png"), seq: 2, attachment: PICTURE },
    { ...fromRuth(3, "I see."), seq: 3 },
  ]).split("\r\n");
  expect(lines[0]).toMatch(/5 Jun 2026.*Shop bot: Hello\.$/);
  expect(lines[1]).toBe("    How are you? (Answers offered: Fine)");
  expect(lines[2]).toMatch(/Ana: \[box\.png\]$/);
  expect(lines[3]).toMatch(/Ruth \(Person\): I see\.$/);
});

function scriptedAudio(tones: number[]) {
  const part = { connect: (next: unknown) => next };
  const gain = { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined };
  return class {
    readonly currentTime = 0;
    readonly destination = part;
    readonly resume = () => Promise.resolve();
    readonly createGain = () => ({ ...part, gain });
    readonly createOscillator = () => ({ ...part, frequency: { value: 0 }, start: (at: number) => tones.push(at), stop: () => undefined });
  };
}
