import { afterEach, expect, test, vi } from "vitest";
import { fileBox } from "../src/shared/file-box";
import type { Upload } from "../src/shared/upload-item";

const ITEM: Upload = { client_id: "c", owner: "o", conversation: null, name: "a.png", at: 0, state: "pending", share: 0, file: null, canRetry: true };
const failing = (open: () => unknown) => vi.stubGlobal("indexedDB", { open });
const saysNo = () => {
  const request = { onerror: () => undefined };
  setTimeout(() => request.onerror());
  return request;
};

afterEach(() => vi.unstubAllGlobals());

/** What real ones do is tested in a real browser: tests/browser/test_kept_files.py. */
test.each([
  ["has no database", undefined],
  ["throws, as it does for a frame without storage", () => { throw new DOMException("", "SecurityError"); }],
  ["refuses, as some private windows do", saysNo],
  ["never answers", () => ({})],
])("where the browser %s nothing is kept, and nothing is waited for long", async (_, open) => {
  const opens = vi.fn(open);
  if (open) failing(opens);
  const box = fileBox("t", 30);
  expect(await box.put(ITEM)).toBe(false);
  expect(await box.all()).toBeNull();
  await box.remove("c");
  box.onChange(() => undefined)();
  expect(opens.mock.calls.length).toBe(open ? 1 : 0);
});
