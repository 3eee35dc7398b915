/** The widget's page. */
import { useEffect } from "preact/hooks";
import { useDrop } from "../shared/attach";
import { Icon } from "../shared/icons";
import { layerIsOpen } from "../shared/layers";
import { useParts } from "./context";
import { Foot } from "./Foot";
import { Head } from "./Head";
import { Log } from "./Log";
import { strings } from "./strings";

export function App() {
  const { widget, shut, byLink } = useParts();
  const phase = widget.phase.value;
  const hasChat = widget.chat.view.value !== null;
  useEscape(shut);
  if (phase === "reload" && byLink) return <Plain words={strings.doorElsewhere} />;
  if (phase === "reload") return <Plain words={strings.reload} shut={shut} />;
  if (phase === "left") return <Plain words={strings.leftShop} shut={shut} />;
  if (!hasChat && phase !== "ready") return <Plain words={phase === "away" ? strings.away : strings.starting} shut={shut} />;
  return (
    <Chat />
  );
}

function Chat() {
  const { chat } = useParts().widget;
  const closed = chat.view.value?.state === "closed";
  const over = useDrop(closed ? null : chat.attach);
  return (
    <main class={over ? "chat chat-drop" : "chat"}>
      <Head />
      <Log />
      <Foot />
      {over && <p class="drop-here">{strings.dropHere}</p>}
    </main>
  );
}

/** The page when there's no chat to show: a sentence saying why, and on a phone the only way back to the shop. */
export function Plain({ words, shut }: { words: string; shut?: () => void }) {
  return (
    <main class="plain">
      {shut && (
        <button type="button" class="icon-button" aria-label={strings.close} onClick={shut}>
          <Icon name="close" />
        </button>
      )}
      <p role="status">{words}</p>
    </main>
  );
}

function useEscape(shut: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // A picture or a menu that's open is what Escape closes first.
      if (event.key === "Escape" && !event.isComposing && !layerIsOpen()) shut();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [shut]);
}
