/** A table of the centre: its first rows, and all of them for who wants to see them. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

const FIRST = 20;

interface LongTableProps<Row> {
  label: string;
  heads: readonly string[];
  rows: readonly Row[];
  /** Of the styles: the columns' widths. */
  className: string;
  draw: (row: Row) => ComponentChildren;
}

export function LongTable<Row>({ label, heads, rows, className, draw }: LongTableProps<Row>) {
  const [all, showAll] = useState(false);
  return (
    <>
      <div class="table-frame" tabIndex={0} role="region" aria-label={label}>
        <table class={`figures-table centre-table ${className}`}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{(all ? rows : rows.slice(0, FIRST)).map(draw)}</tbody>
        </table>
      </div>
      {rows.length > FIRST && (
        <button type="button" class="link-button" aria-expanded={all} onClick={() => showAll(!all)}>
          {all ? `Show the first ${FIRST}` : `Show all ${rows.length}`}
        </button>
      )}
    </>
  );
}
