/** What caused contacts, within each topic: how often, whether more than before, and how many of them said no. */
import { useState } from "preact/hooks";
import type { CauseCount, FindClosed, TopicCauses } from "../../wire";
import { Bar } from "./Bar";
import { Table } from "./Table";
import { interval, percent, topicWords, trendWords } from "./words";

const HEADS = ["Cause", "Chats", "Of the topic", "Between (95 %)", "Before", "Trend", "Said no", "Between (95 %)", "Votes", "Rank"];

/** Show the closed chats that fit. */
type Find = (wanted: FindClosed) => void;

export function Causes({ topics, find }: { topics: readonly TopicCauses[]; find: Find }) {
  return (
    <section>
      <h2>By cause</h2>
      {topics.length === 0 && <p class="soft">No chat was closed with a cause in this time.</p>}
      {topics.map((topic, at) => (
        <Topic key={topic.topic} topic={topic} first={at === 0} find={find} />
      ))}
    </section>
  );
}

function Topic({ topic, first, find }: { topic: TopicCauses; first: boolean; find: Find }) {
  const [open] = useState(first); // once: what is opened and shut later is the reader's
  const name = topicWords(topic.topic);
  return (
    <details class="topic-causes" open={open}>
      <summary>
        <bdi>{name}</bdi>{" "}
        <span class="soft">
          {topic.count} with a cause{topic.before !== null && `, ${topic.before} in as long a time before`}
        </span>
      </summary>
      <Table title={`Causes of: ${name}`} heads={HEADS}>
        {topic.causes.map((each) => (
          <Row key={each.words ?? ""} each={each} show={() => find({ topic: topic.topic, cause: each.words })} />
        ))}
      </Table>
      {topic.own_words.length > 0 && <OwnWords topic={topic} />}
    </details>
  );
}

function Row({ each, show }: { each: CauseCount; show: () => void }) {
  return (
    <tr>
      <th scope="row">
        <bdi>{each.words ?? "In other words"}</bdi>
      </th>
      <td>
        {each.words === null ? (
          each.count
        ) : (
          <button type="button" class="link-button" aria-label={`Show the ${each.count} closed with: ${each.words}`} onClick={show}>
            {each.count}
          </button>
        )}
      </td>
      <td>
        <Bar share={each.share} low={each.low} high={each.high} /> {percent(each.share)}
      </td>
      <td>{interval(each.low, each.high)}</td>
      <td>{each.before ?? "–"}</td>
      <td class={each.trend === "more" ? "grows" : undefined}>{trendWords(each.trend)}</td>
      <td>
        {each.nrr !== null && <Bar share={each.nrr} low={each.no_low} high={each.no_high} />} {percent(each.nrr)}
      </td>
      <td>{each.votes > 0 ? interval(each.no_low, each.no_high) : "–"}</td>
      <td>{each.votes}</td>
      <td class={each.rank === null ? "soft" : undefined}>{each.words === null ? "–" : (each.rank ?? "under 30 votes")}</td>
    </tr>
  );
}

function OwnWords({ topic }: { topic: TopicCauses }) {
  return (
    <details class="own-words">
      <summary>The other words</summary>
      <ul>
        {topic.own_words.map(({ words, count }) => (
          <li key={words}>
            <bdi>{words}</bdi> <span class="soft">{count}</span>
          </li>
        ))}
      </ul>
      {topic.own_words_more > 0 && <p class="soft">and {topic.own_words_more} more that were given less often</p>}
    </details>
  );
}
