/** Right: what is proven about the customer and what only claimed, why they're here, what the bot made of it, their order. */
import type { Brief, Understood } from "../wire";
import { Card } from "./Card";
import { useParts } from "./context";
import { Proven } from "./Conversation";
import { Hints } from "./Hints";
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
      <section>
        <h2>Why they're here</h2>
        <p>{brief.reason_words}</p>
        <p class="soft">{brief.topic ? inWords(brief.topic) : "No topic yet"}</p>
        <Hints brief={brief} />
        <WhyHere why={chat.view.value?.why ?? null} />
      </section>
      <section>
        <h2>Customer</h2>
        <Who brief={brief} />
      </section>
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

function WhyHere({ why }: { why: string | null }) {
  const { desk } = useParts();
  return (
    <p class="soft why-here">
      {why}{" "}
      <button type="button" class="link-button" onClick={() => (desk.panel.value = "reasons")}>
        {why ? "Who else was asked?" : "How did it come here?"}
      </button>
    </p>
  );
}

function Who({ brief }: { brief: Brief }) {
  return (
    <>
      <p class="who">
        <bdi>{brief.customer_name ?? "No name given"}</bdi> <Proven verified={brief.verified} />
      </p>
      <p class="soft">{provenWords(brief)}</p>
      {brief.order_id && (
        <p class="soft">
          Asks about order <bdi>{brief.order_id}</bdi>
        </p>
      )}
    </>
  );
}

function provenWords(brief: Brief): string {
  if (!brief.verified) return "Not proven by the shop. Treat name, order and e-mail as what they say, and ask before you tell them anything private.";
  const from = brief.verified_from ? `, since message ${brief.verified_from}` : "";
  return `Proven by the shop's sign-in${from}. Customer ${brief.customer_id ?? ""}`;
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
