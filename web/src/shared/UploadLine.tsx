/** A file on its way, or not sent and why. */
import type { Upload, Uploads } from "./uploads";

export interface UploadLineWords {
  sending: (name: string) => string;
  cancel: string;
  notSent: string;
  retry: string;
  discard: string;
}

export function UploadLine({ item, uploads, words }: { item: Upload; uploads: Uploads; words: UploadLineWords }) {
  const drop = () => uploads.cancel(item.client_id);
  return (
    <>
      <div class="bubble">
        <p class="upload-name">
          <bdi>{item.name}</bdi>
        </p>
        {item.state === "pending" && <progress aria-label={words.sending(item.name)} value={item.share} max={1} />}
      </div>
      {item.state === "pending" ? (
        <button type="button" class="link-button upload-cancel" onClick={drop}>
          {words.cancel}
        </button>
      ) : (
        <div class="failed">
          <p>
            {words.notSent} {item.problem}
          </p>
          <p class="failed-steps">
            {item.canRetry && (
              <button type="button" class="link-button" onClick={() => uploads.retry(item.client_id)}>
                {words.retry}
              </button>
            )}
            <button type="button" class="link-button" onClick={drop}>
              {words.discard}
            </button>
          </p>
        </div>
      )}
    </>
  );
}
