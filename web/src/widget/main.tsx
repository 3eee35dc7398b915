/** Starts the widget's frame: who embeds it, what the page says, what is shown. */
import { render } from "preact";
import { asker } from "../shared/ask";
import { browserStore } from "../shared/store";
import type { WidgetConfig } from "../wire";
import { App, Plain } from "./App";
import { PartsContext } from "./context";
import { listenTo, shopOrigin, type ShopPage } from "./embed";
import { wear } from "./look";
import { Widget } from "./start";
import { strings } from "./strings";
import { tellRead } from "./read-marks";
import { ringWhenHidden } from "./sound";
import { countUnread } from "./unread";

void begin(document.getElementById("widget") ?? document.body);

async function begin(root: HTMLElement): Promise<void> {
  const config = await readConfig();
  const origin = shopOrigin(config.shop_origins, location.hash);
  if (origin) open(root, origin, config.mail);
  else render(<Plain words={strings.foreign} />, root);
}

function open(root: HTMLElement, origin: string, mail: boolean): void {
  let widget: Widget | null = null;
  const page = listenTo(origin, async (words) => {
    if (words.baton === "look") wear(words.look);
    // In the page's language and colours from the first moment: it says both before anything else.
    widget ??= show(root, page, mail);
    await widget.hear(words);
    if (words.baton === "logout") page.say({ baton: "ended" });
  });
  page.say({ baton: "ready" });
}

function show(root: HTMLElement, page: ShopPage, mail: boolean): Widget {
  const store = browserStore("baton.widget.");
  const widget = new Widget(store);
  tellRead(widget);
  ringWhenHidden(widget);
  countUnread(widget, store, (count) => page.say({ baton: "unread", count }));
  render(
    <PartsContext.Provider value={{ widget, mail, shut: () => page.say({ baton: "close" }) }}>
      <App />
    </PartsContext.Provider>,
    root,
  );
  return widget;
}

/** Without the desk's list nobody can be trusted; so this waits until the desk answers. */
async function readConfig(): Promise<WidgetConfig> {
  for (;;) {
    const answer = await asker(() => ({}))<WidgetConfig>("GET", "/widget/config.json");
    if (answer.kind === "ok") return answer.body;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
  }
}
