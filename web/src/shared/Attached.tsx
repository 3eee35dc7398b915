/** A file in a conversation: a picture small, and large when it's opened; anything else as a name to save. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Attachment } from "../wire";
import { sizeWords } from "./file-kinds";
import { Icon } from "./icons";
import type { Shelf } from "./shelf";

export interface AttachedWords {
  picture: (name: string) => string;
  enlarge: (name: string) => string;
  save: string;
  close: string;
  loading: string;
  failed: string;
}

interface AttachedProps {
  attachment: Attachment;
  path: string;
  shelf: Shelf;
  words: AttachedWords;
}

export function Attached(props: AttachedProps) {
  return props.attachment.width ? <Picture {...props} /> : <Paper {...props} />;
}

function Picture({ attachment, path, shelf, words }: AttachedProps) {
  const { name, width, height } = attachment;
  const [open, setOpen] = useState(false);
  const [url, setUrl] = useState<string | null | undefined>(undefined);
  const load = () => void shelf.url(path).then(setUrl);
  useEffect(load, [path, shelf]);
  const again = () => {
    setUrl(undefined);
    load();
  };
  if (url === null) return <Missing name={name} words={words} again={again} />;
  return (
    <>
      <button type="button" class="picture" aria-label={words.enlarge(name)} disabled={!url} onClick={() => setOpen(true)}>
        <img src={url ?? EMPTY} alt={url ? words.picture(name) : words.loading} width={width ?? 0} height={height ?? 0} />
      </button>
      {open && url && <Large url={url} name={name} words={words} onDone={() => setOpen(false)} />}
    </>
  );
}

/** Nothing to see yet, in the picture's own shape: what comes later moves nothing. */
const EMPTY = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

interface LargeProps {
  url: string;
  name: string;
  words: AttachedWords;
  onDone: () => void;
}

function Large({ url, name, words, onDone }: LargeProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="large" aria-label={words.picture(name)} ref={dialog} onClose={onDone}>
      <div class="large-head">
        <p class="large-name">
          <bdi>{name}</bdi>
        </p>
        <a class="button" href={url} download={name}>
          {words.save}
        </a>
        <button type="button" class="icon-button" aria-label={words.close} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      <img src={url} alt={words.picture(name)} />
    </dialog>
  );
}

function Paper({ attachment, path, shelf, words }: AttachedProps) {
  const { name, size } = attachment;
  const [failed, setFailed] = useState(false);
  const save = () => void shelf.save(path, name).then((saved) => setFailed(!saved));
  return (
    <>
      <button type="button" class="paper" onClick={save}>
        <Icon name="paper" />
        <bdi>{name}</bdi> <span class="paper-size">{sizeWords(size)}</span>
        <span class="hidden-words">{words.save}</span>
      </button>
      {failed && <p role="status">{words.failed}</p>}
    </>
  );
}

function Missing({ name, words, again }: { name: string; words: AttachedWords; again: () => void }) {
  return (
    <button type="button" class="paper" onClick={again}>
      <Icon name="paper" />
      <bdi>{name}</bdi> <span class="paper-size">{words.failed}</span>
    </button>
  );
}
