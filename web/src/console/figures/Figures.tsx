/** What leads look at: the negative response rate above all, and how long customers wait. No handle time. */
import { useEffect, useState } from "preact/hooks";
import { wordsOf } from "../../shared/ask";
import type { Figures as AllFigures } from "../../wire";
import { dayAndTime } from "../formats";
import { useParts } from "../context";
import { NrrTable } from "./NrrTable";
import { Overview } from "./Overview";
import { Reasons, Waits } from "./Waits";
import { rangeWords } from "./words";

const PERIODS = [
  ["today", "Today"],
  ["7_days", "7 days"],
  ["28_days", "28 days"],
] as const;
type Period = AllFigures["period"];

export function Figures() {
  const [period, setPeriod] = useState<Period>("7_days");
  const { figures, trouble, read } = useFigures(period);
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
          Read again
        </button>
        <p class="soft" role="status">
          {trouble ?? (figures ? `Conversations that closed since ${dayAndTime(figures.since)}` : "One moment")}
        </p>
      </div>
      {figures && <Tables figures={figures} />}
    </div>
  );
}

function Tables({ figures }: { figures: AllFigures }) {
  return (
    <>
      <Overview figures={figures} />
      <NrrTable title="By topic" what="Topic" rows={figures.topics} topics />
      <NrrTable title="By who held it last" what="Who" rows={figures.owners} />
      {figures.teams.length > 0 && <NrrTable title="By team" what="Team" rows={figures.teams} />}
      <Waits waits={figures.waits} />
      <section>
        <h2>What we told those who wait</h2>
        <p>{rangeWords(figures.ranges)}</p>
        {figures.ranges.unknown > 0 && <p class="soft">{figures.ranges.unknown} more left before their range was over, so nobody knows.</p>}
      </section>
      <Reasons reasons={figures.reasons} />
    </>
  );
}

function useFigures(period: Period) {
  const { desk } = useParts();
  const [figures, setFigures] = useState<AllFigures | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [reading, setReading] = useState(0);
  useEffect(() => {
    let current = true;
    void desk.ask<AllFigures>("GET", `/api/rep/figures?period=${period}`).then((answer) => {
      if (!current) return;
      if (answer.kind === "ok") setFigures(answer.body);
      setTrouble(answer.kind === "ok" ? null : wordsOf(answer, "The desk can't be reached. Try again."));
    });
    return () => {
      current = false;
    };
  }, [desk, period, reading]);
  return { figures, trouble, read: () => setReading(reading + 1) };
}
