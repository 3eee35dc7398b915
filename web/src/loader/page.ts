/** The chat on the shop's page: opens, shuts, remembers across pages, and ends when the customer signs out. */
import { type ChatFrame, type FromFrame, makeFrame } from "./frame";
import { type Launcher, makeLauncher } from "./launcher";
import { type Look, readLook } from "./look";
import { addStyles } from "./styles";
import { onPage } from "../widget/strings";
import { onPageGerman } from "../widget/strings.de";

export interface BatonOnPage {
  /** Open the chat; `identity` is the shop's signed token for this customer (and, if it names one, this order). */
  open(options?: { identity?: string }): void;
  close(): void;
  /** Somebody has signed in to the shop, or the token was renewed, without a new page; the chat stays as open or shut as it is. */
  identify(identity: string): void;
  /** Take the chat off the page; its session goes on. The script, put in again, starts it anew. */
  remove(): void;
  /** The customer signed out of the shop: end the session and clear the chat. Done when the chat says so, at most a second later. */
  logout(): Promise<void>;
}

const WORDS: Record<Look["lang"], typeof onPage> = { en: onPage, de: onPageGerman };
const REMEMBERED = "baton.chat";
const LOGOUT_MS = 1_000;

export class PageChat implements BatonOnPage {
  readonly #launcher: Launcher;
  readonly #shadow: ShadowRoot;
  readonly #said: typeof onPage;
  #frame: ChatFrame | null = null;
  #open = false;
  #ended: () => void = () => undefined;

  /** Put the launcher on the page. `desk` is the desk's origin, `identity` the shop's token or null, `look` what its script tag asks for. */
  constructor(
    readonly desk: string,
    private identity: string | null,
    readonly look: Look = readLook({}),
  ) {
    const root = document.createElement("div");
    root.dataset.position = look.position;
    root.lang = look.lang;
    this.#said = { ...WORDS[look.lang], ...(look.label ? { open: look.label } : {}) };
    this.#shadow = root.attachShadow({ mode: "open" });
    this.#launcher = makeLauncher(this.#said, () => (this.#open ? this.close() : this.open()));
    addStyles(this.#shadow, look.color);
    this.#shadow.append(this.#launcher.button);
    document.body.append(root);
    this.#comeBack(remembered());
  }

  open({ identity }: { identity?: string } = {}): void {
    if (identity && identity !== this.identity) this.#becomes(identity);
    this.#show(true);
    this.#chat().element.focus();
  }

  close(): void {
    if (!this.#open) return;
    this.#show(false);
    this.#launcher.button.focus();
  }

  identify(identity: string): void {
    if (identity === this.identity) return;
    if (this.#frame) this.#becomes(identity);
    this.identity = identity;
  }

  remove(): void {
    this.#frame?.remove();
    this.#shadow.host.remove();
  }

  logout(): Promise<void> {
    this.identity = null;
    this.#chat().tell({ baton: "logout" });
    this.#show(false);
    remember(null);
    return new Promise((resolve) => {
      this.#ended = resolve;
      setTimeout(resolve, LOGOUT_MS);
    });
  }

  /** On the shop's next page an open chat is open again, and one that was used goes on counting what is unread. */
  #comeBack(was: string | null): void {
    if (was === "open") this.#show(true);
    if (was === "shut") this.#chat();
  }

  #becomes(identity: string): void {
    this.identity = identity;
    this.#chat().tell({ baton: "identity", token: identity });
  }

  #show(open: boolean): void {
    this.#open = open;
    remember(open ? "open" : "shut");
    this.#launcher.show(open);
    this.#chat().element.classList.toggle("shut", !open);
    this.#chat().tell({ baton: open ? "open" : "hidden" });
  }

  #chat(): ChatFrame {
    this.#frame ??= this.#makeChat();
    return this.#frame;
  }

  #makeChat(): ChatFrame {
    const frame = makeFrame(this.desk, this.#said.title, (words) => this.#hear(words));
    const { lang, theme, color } = this.look;
    frame.tell({ baton: "look", look: { lang, theme, color } });
    frame.tell({ baton: "identity", token: this.identity });
    this.#shadow.append(frame.element);
    return frame;
  }

  #hear(words: FromFrame): void {
    if (words.baton === "close") this.close();
    if (words.baton === "ended") this.#ended();
    if (words.baton === "unread") this.#launcher.unread(words.count);
  }
}

function remembered(): string | null {
  try {
    return sessionStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

function remember(value: string | null): void {
  try {
    if (value) sessionStorage.setItem(REMEMBERED, value);
    else sessionStorage.removeItem(REMEMBERED);
  } catch {
    // A page that may not store anything starts with the chat shut.
  }
}
