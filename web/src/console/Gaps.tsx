/** What a ready answer left open, marked below the box; it keeps the reply from being sent. */
import { selectGap } from "./box";

export function Gaps({ gaps }: { gaps: readonly string[] }) {
  return (
    <p class="gaps" id="gaps" role="status">
      {gaps.length > 0 && "Fill in or take out before sending: "}
      {gaps.map((gap) => (
        <button key={gap} type="button" class="gap" onClick={() => selectGap(gap)}>
          {gap}
        </button>
      ))}
    </p>
  );
}
