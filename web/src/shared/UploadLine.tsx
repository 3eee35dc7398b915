/** A file on its way, or not sent and why. */
import type { Upload } from "./upload-item";
import type { Uploads } from "./uploads";

export interface UploadLineWords {
  sending: (name: string) => string;
  cancel: string;
  notSent: string;
  retry: string;
  discard: string;
  unkept: string;
}

interface UploadLineProps {
  item: Upload;
  uploads: Uploads;
  words: UploadLineWords;
}

export function UploadLine({ item, uploads, words }: UploadLineProps) {
  const drop = () => uploads.cancel(item.client_id);
  return (
    <>
      <div class="bubble">
        <p class="upload-name">
          <bdi>{item.name}</bdi>
        </p>
        {item.state === "pending" && <progress aria-label={words.sending(item.name)} value={item.share} max={1} />}
      </div>
      {item.file && item.kept === false && <p class="upload-unkept">{words.unkept}</p>}
      {item.state === "pending" ? (
        <button type="button" class="link-button upload-cancel" onClick={drop}>
          {words.cancel}
        </button>
      ) : (
        <NotSent item={item} words={words} retry={() => uploads.retry(item.client_id)} drop={drop} />
      )}
    </>
  );
}

function NotSent({ item, words, retry, drop }: Pick<UploadLineProps, "item" | "words"> & { retry: () => void; drop: () => void }) {
  return (
    <div class="failed">
      <p>
        {words.notSent} {item.problem}
      </p>
      <p class="failed-steps">
        {item.canRetry && (
          <button type="button" class="link-button" onClick={retry}>
            {words.retry}
          </button>
        )}
        <button type="button" class="link-button" onClick={drop}>
          {words.discard}
        </button>
      </p>
    </div>
  );
}
