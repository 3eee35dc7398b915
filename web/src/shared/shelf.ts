/** Files of a conversation, fetched with the reader's own session and shown from memory: their addresses open for nobody else. */

export class Shelf {
  readonly #urls = new Map<string, Promise<string | null>>();

  constructor(
    readonly headers: () => Record<string, string>,
    readonly fetcher: typeof fetch = (...args) => fetch(...args),
  ) {}

  /** An address of this page's own for the file at `path`; null if it can't be had now. */
  url(path: string): Promise<string | null> {
    const known = this.#urls.get(path);
    if (known) return known;
    const asked = this.#fetch(path);
    this.#urls.set(path, asked);
    void asked.then((url) => (url === null ? this.#urls.delete(path) : undefined));
    return asked;
  }

  /** Save the file at `path` under `name`; false if it can't be had now. */
  async save(path: string, name: string): Promise<boolean> {
    const url = await this.url(path);
    if (url) saveAs(url, name);
    return url !== null;
  }

  /** Forget them all. */
  clear(): void {
    this.#urls.forEach((asked) => void asked.then((url) => (url ? URL.revokeObjectURL(url) : undefined)));
    this.#urls.clear();
  }

  async #fetch(path: string): Promise<string | null> {
    try {
      const response = await this.fetcher(path, { headers: this.headers(), cache: "no-store" });
      return response.ok ? URL.createObjectURL(await response.blob()) : null;
    } catch {
      return null;
    }
  }
}

/** Let the browser save what's at an address of this page's own. */
export function saveAs(url: string, name: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}
