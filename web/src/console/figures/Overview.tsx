/** The first thing to see: how many said no, how many said nothing, and how conversations went. */
import type { Figures } from "../../wire";
import { Bar } from "./Bar";
import { besideWords, interval, outOf, percent, voteWords } from "./words";

export function Overview({ figures }: { figures: Figures }) {
  const { all, ways } = figures;
  if (ways.closed === 0) return <p>No conversation has closed in this time, so there are no votes yet.</p>;
  return (
    <section class="overview">
      <div>
        <h2>Not solved</h2>
        {all.votes > 0 && (
          <p class="big">
            {percent(all.nrr)} <span class="soft">between {interval(all.low, all.high)}</span>
          </p>
        )}
        <p>{voteWords(all)}</p>
        <p class="soft">{besideWords(all)}</p>
      </div>
      <div>
        <h2>How {ways.closed === 1 ? "the conversation" : `${ways.closed} conversations`} went</h2>
        <dl class="ways">
          <Way words="A rep helped" count={ways.handed_over} share={ways.handed_over_percent} />
          <Way words="With the bot alone" count={ways.bot} share={ways.bot_percent} />
          <Way words="Left before a person came" count={ways.abandoned} share={ways.abandoned_percent} />
        </dl>
        {ways.bot > 0 && (
          <p class="soft">
            Of those with the bot alone, {outOf(ways.bot_said_solved, ways.bot)} said that it's solved; the others just ended.
          </p>
        )}
      </div>
    </section>
  );
}

function Way({ words, count, share }: { words: string; count: number; share: number }) {
  return (
    <div class="way">
      <dt>{words}</dt>
      <dd>
        <Bar share={share / 100} /> {share} % <span class="soft">({count})</span>
      </dd>
    </div>
  );
}
