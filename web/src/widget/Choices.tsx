/** The buttons under a bot's message: usable while it is the latest, and only once. */
import type { Placed } from "../shared/timeline";
import { useParts } from "./context";
import { picked } from "./shownow";

export function Choices({ message, enabled }: { message: Placed; enabled: boolean }) {
  const { chat } = useParts().widget;
  const chosen = picked(chat.timeline.value.messages, message);
  return (
    <div class="choices">
      {message.buttons.map((button) => (
        <button
          key={button.id}
          type="button"
          class={button.title === chosen ? "button choice chosen" : "button choice"}
          disabled={!enabled}
          onClick={() => chat.press(button)}
        >
          <bdi>{button.title}</bdi>
        </button>
      ))}
    </div>
  );
}
