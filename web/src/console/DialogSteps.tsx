/** The foot of a dialog: why the last try didn't work, and the two ways out. */
import { useParts } from "./context";

interface DialogStepsProps {
  /** The words for leaving things as they are, and for doing it. */
  stay: string;
  go: string;
  canGo?: boolean;
  onStay: () => void;
}

export function DialogSteps({ stay, go, canGo = true, onStay }: DialogStepsProps) {
  const { desk } = useParts();
  return (
    <>
      {desk.notice.value && (
        <p class="refusal" role="alert">
          {desk.notice.value}
        </p>
      )}
      <div class="dialog-steps">
        <button type="button" class="button button-quiet" onClick={onStay}>
          {stay}
        </button>
        <button type="submit" class="button button-main" disabled={!canGo}>
          {go}
        </button>
      </div>
    </>
  );
}
