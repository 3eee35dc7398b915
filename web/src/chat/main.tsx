/** Starts the page that the link in a mail leads to: the door, then the chat as the widget shows it. */
import { render } from "preact";
import { fileBox } from "../shared/file-box";
import { browserStore } from "../shared/store";
import { speak } from "../widget/languages";
import { App } from "../widget/App";
import { PartsContext } from "../widget/context";
import { Widget } from "../widget/start";
import { strings } from "../widget/strings";
import { Door, NoDoor } from "./Door";
import { languageOf } from "./language";
import { cameBefore, LinkSession } from "./session";

const root = document.getElementById("chat") ?? document.body;
const store = browserStore("baton.chat.");
const token = location.hash.slice(1);
const language = languageOf(location.search, navigator.languages);

speak(language);
document.documentElement.lang = language;
document.title = strings.doorTitle;

if (token) render(<Door token={token} store={store} onOpen={open} />, root);
else if (cameBefore(store)) open();
else render(<NoDoor />, root);

function open(): void {
  // The used link leaves the address, so that a reload shows the chat.
  history.replaceState(null, "", location.pathname + location.search);
  const widget = new Widget(store, new LinkSession(store), undefined, fileBox("baton.chat.files"));
  render(
    <PartsContext.Provider value={{ widget, shut: () => undefined, mail: true, byLink: true }}>
      <App />
    </PartsContext.Provider>,
    root,
  );
  void widget.hear({ baton: "identity", token: null });
  void widget.hear({ baton: "open" });
}
