/** What leads look at: the negative response rate above all, and how long customers wait. No handle time. */
import { useState } from "preact/hooks";
import type { Figures as AllFigures, FindClosed } from "../../wire";
import { dayAndTime } from "../formats";
import { Causes } from "./Causes";
import { ClosedList, LIST_ID } from "./ClosedList";
import { NrrTable } from "./NrrTable";
import { Overview } from "./Overview";
import { Promises } from "./Promises";
import { Reasons, Waits } from "./Waits";
import { SaidNo } from "./SaidNo";
import { useFigures } from "./use-figures";
import { rangeWords, readWords } from "./words";

const PERIODS = [
  ["today", "Today"],
  ["7_days", "7 days"],
  ["28_days", "28 days"],
] as const;
type Period = AllFigures["period"];

export function Figures() {
  const [period, setPeriod] = useState<Period>("7_days");
  const { figures, trouble, reading, read } = useFigures(period);
  return (
    <div class="figures">
      <div class="figures-head">
        <fieldset class="periods">
          <legend class="hidden-words">Period</legend>
          {PERIODS.map(([name, words]) => (
            <label key={name} class="period">
              <input type="radio" name="period" checked={period === name} onChange={() => setPeriod(name)} />
              <span>{words}</span>
            </label>
          ))}
        </fieldset>
        <button type="button" class="button" onClick={read}>
          Refresh
        </button>
        <p class="soft">{figures && readWords(figures.read_at)}</p>
        <p class="soft" role="status">
          {trouble ?? (figures ? `Conversations that closed since ${dayAndTime(figures.since)}` : "One moment")}
        </p>
      </div>
      {figures && <Tables figures={figures} reading={reading} />}
    </div>
  );
}

function Tables({ figures, reading }: { figures: AllFigures; reading: number }) {
  const [wanted, want] = useState<FindClosed>({});
  const find = (sought: FindClosed) => {
    want(sought);
    document.getElementById(LIST_ID)?.focus();
  };
  return (
    <>
      <Overview figures={figures} />
      <NrrTable title="By topic" what="Topic" rows={figures.topics} topics />
      <Causes topics={figures.causes} find={find} />
      <SaidNo period={figures.period} reading={reading} />
      <NrrTable title="By who held it last" what="Who" rows={figures.owners} />
      {figures.teams.length > 0 && <NrrTable title="By team" what="Team" rows={figures.teams} />}
      <Promises promises={figures.promises} />
      <Waits waits={figures.waits} />
      <section>
        <h2>What we told those who wait</h2>
        <p>{rangeWords(figures.ranges)}</p>
        {figures.ranges.unknown > 0 && <p class="soft">{figures.ranges.unknown} more left before their range was over, so nobody knows.</p>}
      </section>
      <Reasons reasons={figures.reasons} />
      <ClosedList figures={figures} reading={reading} wanted={wanted} want={want} />
    </>
  );
}
