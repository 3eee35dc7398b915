/** What the console says about files. */
import type { AttachedWords } from "../shared/Attached";
import type { UploadLineWords } from "../shared/UploadLine";
import type { UploadWords } from "../shared/upload-item";

export const FILE_WORDS: AttachedWords = {
  picture: (name) => `Picture: ${name}`,
  enlarge: (name) => `Enlarge the picture ${name}`,
  save: "Save",
  close: "Close",
  loading: "The picture is on its way",
  failed: "It can't be loaded now. Try again.",
};

export const UPLOAD_WORDS: UploadLineWords & UploadWords = {
  sending: (name) => `Sending ${name}`,
  cancel: "Cancel",
  notSent: "Not sent.",
  retry: "Try again",
  discard: "Delete",
  kind: "Only pictures (PNG, JPEG, WebP, GIF), PDF and plain text can be sent.",
  size: "It's larger than 10 MB.",
  empty: "The file is empty.",
  lost: "The page was left before it had gone. Attach it again.",
  stale: "It was picked a while ago.",
  tooOld: "It waited for more than a day and was removed. Attach it again if it still matters.",
  unkept: "Stay on this page until it has gone: this browser can't keep it.",
  unreachable: "The connection failed.",
};
