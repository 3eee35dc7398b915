import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { isFrameLook, readLook } from "../src/loader/look";
import { PageChat } from "../src/loader/page";
import { unnamed } from "../src/shared/ask";
import { dayOf } from "../src/shared/clock";
import { contrast, hex, parseColour, pointedAt, READABLE, readableOn, type Rgb } from "../src/shared/colour";
import { isWords } from "../src/widget/embed";
import { speak } from "../src/widget/languages";
import { paints, wear } from "../src/widget/look";
import { strings } from "../src/widget/strings";
import { german } from "../src/widget/strings.de";

afterEach(() => {
  speak("en");
  document.documentElement.removeAttribute("style");
  document.documentElement.removeAttribute("data-theme");
});

describe("the script tag's attributes", () => {
  test("say how the chat looks", () => {
    const look = readLook({ lang: "de", theme: "dark", color: "#c2185b", position: "left", label: "Fragen?" });
    expect(look).toEqual({ lang: "de", theme: "dark", color: "#c2185b", position: "left", label: "Fragen?" });
    expect(isFrameLook(look)).toBe(true);
  });

  test("may all be missing", () => {
    const warn = vi.fn();
    expect(readLook({}, warn)).toEqual({ lang: "en", theme: "auto", color: null, position: "right", label: null });
    expect(warn).not.toHaveBeenCalled();
  });

  test.each([
    ["color", "blurple"],
    ["color", "#12"],
    ["color", "red;} * {display:none"],
    ["theme", "neon"],
    ["lang", "tlh"],
    ["position", "top"],
    ["label", "x".repeat(41)],
  ])("are left out where they make no sense, and the console says so: %s=%s", (name, value) => {
    const warn = vi.fn();
    expect(readLook({ [name]: value }, warn)).toEqual(readLook({}));
    expect(warn).toHaveBeenCalledTimes(1);
    expect(String(warn.mock.calls[0]?.[0])).toContain(`data-${name}`);
  });
});

describe("whatever colour a shop has", () => {
  const some: Rgb[] = Array.from({ length: 400 }, (_, place) => [(place * 37) % 256, (place * 91) % 256, (place * 53) % 256]);
  const grounds: [boolean, string[]][] = [
    [false, ["#fdfcfa", "#f4f1ea", "#ffffff"]],
    [true, ["#121816", "#1a2220", "#232d2a"]],
  ];

  test("the words on it and in it can be read, by day and by night", () => {
    for (const colour of [...some, [119, 119, 119], [255, 255, 255], [0, 0, 0]] as Rgb[]) {
      expect(contrast(readableOn(pointedAt(colour)), pointedAt(colour))).toBeGreaterThanOrEqual(READABLE);
      for (const [dark, surfaces] of grounds) {
        const worn = paints(colour, dark);
        const between = (one: string, other: string) => contrast(parseColour(worn[one] ?? one)!, parseColour(worn[other] ?? other)!);
        expect(between("--on-accent", "--accent"), `${hex(colour)} ${dark}`).toBeGreaterThanOrEqual(READABLE);
        expect(between("--on-accent", "--accent-strong"), `${hex(colour)} ${dark}`).toBeGreaterThanOrEqual(READABLE);
        expect(between("--on-own", "--own"), `${hex(colour)} ${dark}`).toBeGreaterThanOrEqual(READABLE);
        surfaces.forEach((surface) => expect(between("--accent-text", surface), `${hex(colour)} on ${surface}`).toBeGreaterThanOrEqual(READABLE));
      }
    }
  });

  test("contrast is what the WCAG say it is", () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
    expect(contrast(parseColour("#767676")!, [255, 255, 255])).toBeCloseTo(4.54, 2);
  });
});

describe("the frame", () => {
  test("wears the shop's colour, theme and language", () => {
    wear({ lang: "de", theme: "light", color: "#c2185b" });
    const root = document.documentElement;
    expect([root.lang, root.dataset.theme, root.style.getPropertyValue("--own")]).toEqual(["de", "light", "#c2185b"]);
    expect(strings.send).toBe("Senden");
    expect(strings.uploads.retry).toBe("Noch einmal");
    expect(dayOf(new Date().toISOString())).toBe("Heute");
    expect(unnamed(502).message).toBe("Bei uns ist etwas schiefgegangen.");
  });

  test("says in English what the other language leaves out", () => {
    const english = structuredClone(Object.fromEntries(Object.entries(strings).filter(([, words]) => typeof words === "string")));
    const left = Object.keys(english).filter((key) => !(key in german));
    expect(left.length).toBeGreaterThan(0);
    speak("de");
    left.forEach((key) => expect(strings[key as keyof typeof strings]).toBe(english[key]));
    expect(strings.send).toBe("Senden");
    speak("en");
    expect(strings.send).toBe("Send");
  });

  test.each([undefined, {}, { lang: "de", theme: "dark" }, { lang: "de", theme: "dark", color: "url(x)" }, { lang: "xx", theme: "auto", color: null }])(
    "takes no look from %j",
    (look) => expect(isWords({ baton: "look", look })).toBe(false),
  );

  test("has the same night whether the browser or the shop asked for it", () => {
    const meanings = (path: string, selector: RegExp) => {
      const css = readFileSync(new URL(path, import.meta.url), "utf8");
      return [...(selector.exec(css)?.[1] ?? "").matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, name, value]) => [name, value]);
    };
    const browsers = meanings("../src/shared/tokens.css", /:root:not\(\[data-theme="light"\]\) \{(.*?)\n {2}\}/s);
    expect(browsers.length).toBeGreaterThan(10);
    expect(meanings("../src/widget/theme.css", /:root\[data-theme="dark"\] \{(.*?)\n\}/s)).toEqual(browsers);
  });
});

test("the launcher has the shop's words and place, and speaks its language", () => {
  const chat = new PageChat("https://desk.example", null, { lang: "de", theme: "auto", color: "#c2185b", position: "left", label: "Fragen?" });
  const host = document.body.lastElementChild as HTMLElement;
  const button = host.shadowRoot!.querySelector<HTMLButtonElement>(".launcher")!;
  expect(button.textContent).toContain("Fragen?");
  expect(host.dataset.position).toBe("left");
  chat.remove();
  expect(document.body.contains(host)).toBe(false);
});
