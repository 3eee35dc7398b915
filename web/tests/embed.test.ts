import { describe, expect, test, vi } from "vitest";
import { isWords, listenTo, shopOrigin } from "../src/widget/embed";

const SHOP = "https://shop.example";
const parent = {} as Window;
const hash = (origin: string) => `#${encodeURIComponent(origin)}`;

describe("the frame starts only inside a shop on the desk's list", () => {
  test("that names itself", () => expect(shopOrigin([SHOP], hash(SHOP), parent)).toBe(SHOP));

  test.each(["https://evil.example", "http://shop.example", "https://shop.example:8443", "https://shop.example.evil.com", "null", "", "%"])(
    "not inside %j",
    (origin) => expect(shopOrigin([SHOP], `#${origin}`, parent)).toBeNull(),
  );

  test("and not as a page of its own", () => expect(shopOrigin([SHOP], hash(SHOP), window)).toBeNull());
});

describe("the frame hears", () => {
  function heard(data: unknown, origin = SHOP, source: unknown = window.parent) {
    const hear = vi.fn(async () => undefined);
    listenTo(SHOP, hear);
    const event = new MessageEvent("message", { data, origin });
    Object.defineProperty(event, "source", { value: source });
    window.dispatchEvent(event);
    return hear.mock.calls.length;
  }

  test("the shop's page", () => expect(heard({ baton: "open" })).toBe(1));
  test("no page of another origin", () => expect(heard({ baton: "open" }, "https://evil.example")).toBe(0));
  test("no other window of the shop's origin", () => expect(heard({ baton: "open" }, SHOP, {})).toBe(0));

  test.each([null, undefined, 7, "open", [], {}, { baton: 1 }, { baton: "close" }, { baton: "identity" }, { baton: "identity", token: 7 }, { baton: "identity", token: {} }])(
    "nothing in %j",
    (data) => expect(isWords(data)).toBe(false),
  );
});
