/** The negative response rate of several topics, reps or teams, beside what it leaves out. Ranked from 30 votes on. */
import type { Nrr } from "../../wire";
import { inWords } from "../topics";
import { Bar } from "./Bar";
import { interval, outOf, percent, rankWords } from "./words";

interface NrrTableProps {
  title: string;
  /** What a row is about. */
  what: string;
  rows: readonly Nrr[];
  /** The names are topics as the desk names them. */
  topics?: boolean;
}

export function NrrTable({ title, what, rows, topics = false }: NrrTableProps) {
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p class="soft">Nothing has closed in this time.</p>
      ) : (
        <div class="table-frame" tabIndex={0} role="region" aria-label={title}>
          <table class="figures-table">
            <thead>
              <tr>
                <th scope="col">{what}</th>
                <th scope="col">Said no</th>
                <th scope="col">Between (95 %)</th>
                <th scope="col">Votes</th>
                <th scope="col">Rank</th>
                <th scope="col">No vote</th>
                <th scope="col">Bot's check: no</th>
                {!topics && <th scope="col">Asked again</th>}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.key} row={row} name={topics ? topicWords(row.key) : row.name} asked={!topics} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ row, name, asked }: { row: Nrr; name: string; asked: boolean }) {
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      <td>
        {row.nrr !== null && <Bar share={row.nrr} low={row.low} high={row.high} />} {percent(row.nrr)}
      </td>
      <td>{row.votes > 0 ? interval(row.low, row.high) : "–"}</td>
      <td>{row.votes}</td>
      <td class={row.rank === null ? "soft" : ""}>{rankWords(row)}</td>
      <td>{outOf(row.without_vote, row.closed)}</td>
      <td>{outOf(row.checks_no, row.checks)}</td>
      {asked && <td>{row.asked_again}</td>}
    </tr>
  );
}

function topicWords(key: string): string {
  return key === "none" ? "No topic" : inWords(key);
}
