/** One of the lists: a title with its count, and rows that scroll by themselves. */
import type { ComponentChildren } from "preact";
import { useParts } from "./context";

interface ListProps {
  id: string;
  title: string;
  count: number;
  /** Beside the title. */
  beside?: ComponentChildren;
  /** Below it. */
  note?: string | null;
  /** What stands there if there are no rows, once the desk has said so. */
  empty: string;
  children: ComponentChildren;
}

export function List({ id, title, count, beside, note, empty, children }: ListProps) {
  const { desk } = useParts();
  return (
    <section class={`list list-${id}`} aria-labelledby={`${id}-title`}>
      <div class="list-head">
        <h2 id={`${id}-title`} class="list-title">
          {title} <span class="count">{count}</span>
        </h2>
        {beside}
      </div>
      {note && <p class="list-empty">{note}</p>}
      <ul>{children}</ul>
      {count === 0 && desk.known.value && <p class="list-empty">{empty}</p>}
    </section>
  );
}
