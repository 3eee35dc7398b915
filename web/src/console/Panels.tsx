/** What opens over the desk, one at a time. */
import { AbuseDialog } from "./AbuseDialog";
import { AlertsDialog } from "./alerts/AlertsDialog";
import { CallLaterDialog } from "./CallLaterDialog";
import { CloseDialog } from "./CloseDialog";
import { useParts } from "./context";
import { NoteDialog } from "./NoteDialog";
import { ReasonsDialog } from "./ReasonsDialog";
import { Palette } from "./Palette";
import { PassDialog } from "./PassDialog";
import { Sheet } from "./Sheet";
import { ShiftDialog } from "./shift/ShiftDialog";
import { SignOutDialog } from "./SignOutDialog";

export type Panel = "palette" | "sheet" | "close" | "pass" | "note" | "abuse" | "call_later" | "shift" | "reasons" | "alerts" | "sign_out";

export function Panels() {
  const { desk } = useParts();
  const onClose = () => void (desk.panel.value = null);
  const view = desk.chat.value?.view.value;
  switch (desk.panel.value) {
    case "palette":
      return <Palette onClose={onClose} />;
    case "alerts":
      return <AlertsDialog onDone={onClose} />;
    case "sign_out":
      return <SignOutDialog onDone={onClose} />;
    case "sheet":
      return <Sheet onClose={onClose} />;
    case "close":
      return view ? <CloseDialog view={view} onDone={onClose} /> : null;
    case "pass":
      return view ? <PassDialog view={view} onDone={onClose} /> : null;
    case "abuse":
      return view ? <AbuseDialog id={view.id} onDone={onClose} /> : null;
    case "call_later":
      return view ? <CallLaterDialog id={view.id} onDone={onClose} /> : null;
    case "shift":
      return <ShiftDialog onDone={onClose} />;
    case "reasons":
      return view ? <ReasonsDialog id={view.id} onDone={onClose} /> : null;
    case "note":
      return view ? <NoteDialog view={view} onDone={onClose} /> : null;
    default:
      return null;
  }
}
