/** A table that a narrow screen shows as cards; its rows come as children, each cell but the first with its own label. */
import type { ComponentChildren } from "preact";

export function Table({ head, empty, children }: { head: readonly string[]; empty: string; children: ComponentChildren[] }) {
  if (children.length === 0) return <p class="empty-tab">{empty}</p>;
  return (
    <table class="cards">
      <thead>
        <tr>
          {head.map((words) => (
            <th key={words} scope="col">
              {words || <span class="hidden-words">Steps</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
