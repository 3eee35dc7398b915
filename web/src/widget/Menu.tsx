/** What is seldom needed: the sound, and saving the chat. */
import { useRef } from "preact/hooks";
import { Icon } from "../shared/icons";
import { useParts } from "./context";
import { strings } from "./strings";
import { saveTranscript } from "./transcript";

export function Menu() {
  const { chat, sound } = useParts().widget;
  const menu = useRef<HTMLDivElement>(null);
  const save = () => {
    saveTranscript(chat.timeline.value.messages);
    menu.current?.hidePopover();
  };
  return (
    <>
      <button type="button" class="icon-button" aria-label={strings.menu} title={strings.menu} popovertarget="menu">
        <Icon name="more" />
      </button>
      <div id="menu" class="menu" popover="auto" ref={menu}>
        <button type="button" class="menu-item" aria-pressed={sound.on.value} onClick={() => sound.toggle()}>
          {sound.on.value ? strings.soundOn : strings.soundOff}
        </button>
        <button type="button" class="menu-item" onClick={save}>
          {strings.saveChat}
        </button>
      </div>
    </>
  );
}
