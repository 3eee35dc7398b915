/** Which files may be sent, as far as a page can tell; the desk looks inside. */

export const MOST_BYTES = 10_000_000;
const BY_SUFFIX: Record<string, string> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  jfif: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
  pdf: "application/pdf",
  txt: "text/plain",
  text: "text/plain",
  log: "text/plain",
};
const LONGEST_NAME = 120;

/** For a file input's `accept`. */
export const ACCEPT = Object.keys(BY_SUFFIX).map((suffix) => `.${suffix}`).join(",");

/** The type to claim for a file, or null for one that may not be sent. */
export function typeOf(file: File): string | null {
  const claimed = file.type.split(";")[0]?.trim() ?? "";
  if (Object.values(BY_SUFFIX).includes(claimed)) return claimed;
  return claimed ? null : (BY_SUFFIX[suffixOf(file.name)] ?? null);
}

/** A file's name as a header: percent-encoded, and cut in the middle so that it keeps its ending. */
export function nameHeader(name: string): string {
  const whole = Array.from(name.replace(/\p{Surrogate}/gu, ""));
  const short = whole.length > LONGEST_NAME ? [...whole.slice(0, LONGEST_NAME - 12), ...whole.slice(-12)] : whole;
  return encodeURIComponent(short.join(""));
}

/** "340 kB", "2.1 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** The files that are pasted or dropped, if any. */
export function filesIn(data: DataTransfer | null): File[] {
  return Array.from(data?.files ?? []);
}

function suffixOf(name: string): string {
  return /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
}
