import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PageChat } from "../src/loader/page";

const DESK = "https://desk.example";
const shadow = () => document.body.lastElementChild!.shadowRoot!;
const launcher = () => shadow().querySelector<HTMLButtonElement>(".launcher")!;
const frame = () => shadow().querySelector<HTMLIFrameElement>("iframe");
let said: [unknown, string][];
let framed: string;

beforeEach(() => {
  sessionStorage.clear();
  // There is no desk to load the frame from; happy-dom would report each that it can't load.
  vi.spyOn(HTMLIFrameElement.prototype, "src", "set").mockImplementation((address) => (framed = address));
  said = [];
});
afterEach(() => document.body.replaceChildren());

/** happy-dom loads no foreign page, so the frame's window is the test's. */
function frameBecomesReady(): Window {
  const page = { postMessage: (words: unknown, origin: string) => said.push([words, origin]) } as unknown as Window;
  Object.defineProperty(frame()!, "contentWindow", { value: page });
  frameSays({ baton: "ready" }, page);
  return page;
}
function frameSays(data: unknown, source: Window, origin = DESK) {
  const event = new MessageEvent("message", { data, origin });
  Object.defineProperty(event, "source", { value: source });
  window.dispatchEvent(event);
}

describe("the launcher on the shop's page", () => {
  test("loads the chat only when it's opened for the first time", () => {
    new PageChat(DESK, "token");
    expect(frame()).toBeNull();
    launcher().click();
    expect(framed).toBe(`${DESK}/widget/#${encodeURIComponent(location.origin)}`);
    expect(launcher().getAttribute("aria-expanded")).toBe("true");
  });

  test("tells the frame who's there before anything else, and only the desk's origin", () => {
    new PageChat(DESK, "token");
    launcher().click();
    expect(said).toEqual([]);
    frameBecomesReady();
    expect(said).toEqual([
      [{ baton: "look", look: { lang: "en", theme: "auto", color: null } }, DESK],
      [{ baton: "identity", token: "token" }, DESK],
      [{ baton: "open" }, DESK],
    ]);
  });

  test("shows how many messages are unread, if the frame says so", () => {
    new PageChat(DESK, null);
    launcher().click();
    const page = frameBecomesReady();
    frameSays({ baton: "unread", count: 3 }, page);
    expect(launcher().textContent).toContain("3");
    expect(launcher().getAttribute("aria-description")).toBe("3 new messages");
  });

  test("ignores what another origin or another window says", () => {
    new PageChat(DESK, null);
    launcher().click();
    const page = frameBecomesReady();
    frameSays({ baton: "unread", count: 3 }, page, "https://evil.example");
    frameSays({ baton: "unread", count: 3 }, window);
    for (const junk of [null, 7, "close", {}, { baton: "unread", count: "9" }]) frameSays(junk, page);
    expect(launcher().getAttribute("aria-description")).toBeNull();
    expect(launcher().getAttribute("aria-expanded")).toBe("true");
  });

  test("has the keyboard again when the chat is shut", () => {
    new PageChat(DESK, null);
    launcher().click();
    frameSays({ baton: "close" }, frameBecomesReady());
    expect(launcher().getAttribute("aria-expanded")).toBe("false");
    expect(shadow().activeElement).toBe(launcher());
  });

  test("opens the chat again on the shop's next page", () => {
    new PageChat(DESK, null).open();
    document.body.replaceChildren();
    new PageChat(DESK, null);
    expect(launcher().getAttribute("aria-expanded")).toBe("true");
  });

  test("passes on a token that names an order", () => {
    const chat = new PageChat(DESK, "token");
    chat.open({ identity: "token with order" });
    frameBecomesReady();
    expect(said.map(([words]) => words)).toContainEqual({ baton: "identity", token: "token with order" });
  });

  test("waits at signing out until the chat has ended, and then starts with the chat shut", async () => {
    const chat = new PageChat(DESK, "token");
    launcher().click();
    const page = frameBecomesReady();
    const ended = chat.logout();
    expect(said.at(-2)).toEqual([{ baton: "logout" }, DESK]);
    frameSays({ baton: "ended" }, page);
    await ended;
    expect(sessionStorage.length).toBe(0);
  });
});
