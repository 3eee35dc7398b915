// @vitest-environment node
import { describe, expect, test } from "vitest";
import { pieces } from "../src/shared/links";

const links = (text: string) => pieces(text).flatMap(({ text: shown, href }) => (href ? [[shown, href]] : []));

describe("links in a message", () => {
  test.each([
    ["see https://shop.example/a?b=c#d now", "https://shop.example/a?b=c#d"],
    ["(https://shop.example/a)", "https://shop.example/a"],
    ["https://shop.example/a_(b)", "https://shop.example/a_(b)"],
    ["Is it https://shop.example/a?", "https://shop.example/a"],
    ["write to mailto:ana@shop.example.", "mailto:ana@shop.example"],
    ["HTTP://SHOP.EXAMPLE/A", "http://shop.example/A"],
  ])("%s leads to %s", (text, href) => {
    expect(links(text).map(([, to]) => to)).toEqual([href]);
  });

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt://shop.example/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "[click](javascript:alert(1))",
    "<a href=javascript:alert(1)>x</a>",
    "https://",
    "mailto:nobody",
    "shop.example",
  ])("%s is only text", (text) => {
    expect(links(text)).toEqual([]);
  });

  test("a mark that turns the direction of writing ends a link, so that it reads as it leads", () => {
    expect(links("https://shop.example/\u202egpj.exe")).toEqual([["https://shop.example/", "https://shop.example/"]]);
  });

  test.each(["", "plain", "https://a.example and https://b.example.", "a\nhttps://a.example\nb", "((((", "https://a.example/)))"])(
    "no character of %j is lost",
    (text) => {
      expect(pieces(text).map((piece) => piece.text).join("")).toBe(text);
    },
  );
});
