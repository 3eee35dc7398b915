/** Files that the desk doesn't have yet, kept in the browser's IndexedDB. Where the browser refuses (private mode, no room), nothing is kept and nothing breaks. */
import type { Upload } from "./upload-item";

export interface FileBox {
  /** All that is kept, whoever it belongs to; null if that can't be told. */
  all(): Promise<Upload[] | null>;
  /** Whether it's kept now. */
  put(item: Upload): Promise<boolean>;
  remove(...clientIds: string[]): Promise<void>;
  /** Call `then` when another tab has changed something; returns how to stop. */
  onChange(then: () => void): () => void;
}

type Work = (files: IDBObjectStore) => IDBRequest | undefined;

const FILES = "files";
/** Some browsers never answer; nobody waits longer for them, and no file goes later because of it. */
const PATIENCE_MS = 3_000;

/** The box `name`; its tabs tell one another by a channel of that name. */
export function fileBox(name: string, patience = PATIENCE_MS): FileBox {
  const database = connection(name, patience);
  const channel = hasDatabases() && typeof BroadcastChannel !== "undefined" ? new BroadcastChannel(name) : null;
  const run = async (mode: IDBTransactionMode, work: Work) => done((await database()).transaction(FILES, mode), work);
  const change = async (work: Work) => {
    await run("readwrite", work);
    channel?.postMessage(null);
  };
  return {
    all: () => run("readonly", (files) => files.getAll()).catch(() => null) as Promise<Upload[] | null>,
    put: (item) => change((files) => files.put(item)).then(() => true, () => false),
    remove: (...ids) => change((files) => (ids.forEach((id) => files.delete(id)), undefined)).catch(() => undefined),
    onChange(then) {
      if (channel) channel.onmessage = then;
      return () => channel?.close();
    },
  };
}

/** Opened when it's first asked for, and again after the browser has closed it; one that couldn't be opened stays so. */
function connection(name: string, patience: number): () => Promise<IDBDatabase> {
  let opened: Promise<IDBDatabase> | null = null;
  const open = async () => {
    const database = await opening(name, patience);
    database.onclose = () => (opened = null);
    database.onversionchange = () => database.close();
    return database;
  };
  return () => (opened ??= open());
}

function opening(name: string, patience: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error("This browser keeps no files."));
    setTimeout(fail, patience);
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(FILES, { keyPath: "client_id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = fail;
  });
}

/** The request's result, once the transaction is through. */
function done(transaction: IDBTransaction, work: Work): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = work(transaction.objectStore(FILES));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error ?? new Error("The browser gave up."));
  });
}

function hasDatabases(): boolean {
  try {
    return Boolean(globalThis.indexedDB as IDBFactory | undefined);
  } catch {
    return false;
  }
}
