/** Right: the brief, their order, what was before, and what the bot made of each line. */
import type { Understood } from "../wire";
import { BriefOnTop } from "./BriefOnTop";
import { Card } from "./Card";
import { useParts } from "./context";
import { PastList } from "./PastList";
import { PastReading } from "./PastReading";
import type { RepChat } from "./rep-chat";
import { inWords } from "./topics";

export function Details({ chat }: { chat: RepChat }) {
  const brief = chat.view.value?.brief;
  const reading = chat.past.open.value;
  if (brief && reading) return <PastReading past={chat.past} reading={reading} />;
  if (!brief) return <aside class="details" aria-label="Details" />;
  return (
    <aside class="details" aria-label="Details">
      <BriefOnTop brief={brief} why={<WhyHere why={chat.view.value?.why ?? null} othersAsked={chat.view.value?.others_asked ?? false} />} />
      <Card chat={chat} />
      <PastList chat={chat} />
      {brief.understood.length > 0 && (
        <section>
          <h2>What the bot understood</h2>
          <ul class="understood">
            {brief.understood.map((turn, index) => (
              <Turn key={index} turn={turn} />
            ))}
          </ul>
        </section>
      )}
    </aside>
  );
}

/** Whoever knows how it came to them is asked to look no further if nobody else was asked. */
function WhyHere({ why, othersAsked }: { why: string | null; othersAsked: boolean }) {
  const { desk } = useParts();
  return (
    <p class="soft why-here">
      {why}{" "}
      {(othersAsked || !why) && (
        <button type="button" class="link-button" onClick={() => (desk.panel.value = "reasons")}>
          {why ? "Who else was asked?" : "How did it come here?"}
        </button>
      )}
    </p>
  );
}

function Turn({ turn }: { turn: Understood }) {
  const sure = turn.confidence === null ? "" : ` ${Math.round(turn.confidence * 100)} %`;
  const unclear = turn.intent === null || turn.intent === "nlu_fallback";
  return (
    <li>
      <bdi class="quote">{turn.text}</bdi>
      <span class={unclear ? "understood-as unclear" : "understood-as"}>
        {unclear ? "not understood" : inWords(turn.intent ?? "")}
        {!unclear && sure}
      </span>
    </li>
  );
}
