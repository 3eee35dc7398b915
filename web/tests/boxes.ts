/** A browser's place for files as tests have it: all tabs share `kept`, and hear of one another. */
import type { FileBox } from "../src/shared/file-box";
import type { Upload } from "../src/shared/upload-item";

export class SharedBox {
  readonly kept = new Map<string, Upload>();
  readonly #tabs: (() => void)[] = [];
  #line = Promise.resolve();

  /** The box as one tab sees it. */
  tab(): FileBox {
    let own: (() => void) | null = null;
    const tell = () => this.#tabs.filter((then) => then !== own).forEach((then) => then());
    return {
      all: async () => [...this.kept.values()],
      put: async (item) => {
        this.kept.set(item.client_id, item);
        tell();
        return true;
      },
      remove: async (...ids) => {
        ids.forEach((id) => this.kept.delete(id));
        tell();
      },
      onChange: (then) => {
        this.#tabs.push((own = then));
        return () => this.#tabs.splice(this.#tabs.indexOf(then), 1);
      },
    };
  }

  /** One tab at a time, as the browser's locks let them. */
  readonly alone = (work: () => Promise<void>): Promise<void> => (this.#line = this.#line.then(work));
}

/** A browser that keeps no files. */
export const noBox: FileBox = { all: async () => null, put: async () => false, remove: async () => undefined, onChange: () => () => undefined };
