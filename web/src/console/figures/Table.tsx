/** A table of figures that scrolls sideways by itself where it's too wide, also by keyboard. */
import type { ComponentChildren } from "preact";

export function Table({ title, heads, children }: { title: string; heads: readonly string[]; children: ComponentChildren }) {
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label={title}>
      <table class="figures-table">
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={at} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
