/** Under a list: the way to its next page, and what didn't work. */
import type { ClosedChat } from "../../wire";

interface MoreProps {
  what: string;
  /** Null before the first page is there. */
  loaded: readonly ClosedChat[] | null;
  /** Null where there are no more. */
  more: (() => void) | null;
  trouble: string | null;
}

export function More({ what, loaded, more, trouble }: MoreProps) {
  return (
    <>
      <p class="soft" role="status">
        {trouble ?? (loaded === null && "One moment")}
      </p>
      {more && (
        <button type="button" class="button" onClick={more}>
          Show older {what}
        </button>
      )}
    </>
  );
}
