/** The negative response rate of several topics, reps or teams, beside what it leaves out. Ranked from 30 votes on. */
import type { Nrr } from "../../wire";
import { Bar } from "./Bar";
import { Table } from "./Table";
import { interval, outOf, percent, rankWords, topicWords } from "./words";

const HEADS = ["Said no", "Between (95 %)", "Votes", "Rank", "Without a vote", "Bot: not solved"];

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
        <Table title={title} heads={[what, ...HEADS, ...(topics ? [] : ["Asked again"])]}>
          {rows.map((row) => (
            <Row key={row.key} row={row} name={topics ? topicWords(row.key) : row.name} asked={!topics} />
          ))}
        </Table>
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
