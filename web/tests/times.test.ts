// @vitest-environment node
import { describe, expect, test } from "vitest";
import { dayWords, readDay, readHolidays, readSpans, spansOf, weekdayOf, weekWords } from "../src/console/admin/times";

describe("Hours as people type them", () => {
  test.each(["9-17", "09:00 - 17:00", "9:00–17:00"])("%s is nine to five", (text) => {
    expect(readSpans(text, 2)).toEqual([{ weekday: 2, opens: 540, closes: 1020 }]);
  });
  test.each(["nine", "9", "9-", "25-26", "9:75-10", "9-10-11"])("%s is no time", (text) => {
    expect(readSpans(text, 0)).toBeNull();
  });
  test("what is read is shown again the same", () => {
    expect(spansOf(readSpans("09:00-12:30, 13:30-24:00", 4) ?? [], 4)).toBe("09:00-12:30, 13:30-24:00");
    expect(readSpans("", 0)).toEqual([]);
  });
  test("a rep's may end on the next day, a site's not", () => {
    expect(readSpans("22:00-06:00", 0, true)).toEqual([{ weekday: 0, opens: 1320, closes: 1800 }]);
    expect(spansOf([{ weekday: 0, opens: 1320, closes: 1800 }], 0)).toBe("22:00-06:00");
    expect(readSpans("22:00-06:00", 0)).toEqual([{ weekday: 0, opens: 1320, closes: 360 }]);
  });
  test("equal days that follow one another are one", () => {
    const on = (...days: number[]) => days.map((weekday) => ({ weekday, opens: 480, closes: 1080 }));
    expect(weekWords(on(0, 1, 2, 3, 4, 5, 6))).toBe("Mon–Sun 08:00–18:00");
    expect(weekWords([...on(0, 1, 4), { weekday: 5, opens: 0, closes: 60 }])).toBe("Mon–Tue 08:00–18:00; Fri 08:00–18:00; Sat 00:00–01:00");
    expect(weekWords([])).toBe("Never open");
  });
  test.each([
    ["off", []],
    ["Until 16", [{ opens: 480, closes: 720 }, { opens: 780, closes: 960 }]],
    ["until 12:30", [{ opens: 480, closes: 720 }]],
    ["until 7:00", null],
    ["", null],
    ["10-12", [{ opens: 600, closes: 720 }]],
  ])("%j is that day's hours", (text, hours) => {
    const usual = [{ opens: 480, closes: 720 }, { opens: 780, closes: 1080 }];
    expect(readDay(text, usual)).toEqual(hours);
    if (hours?.length) expect(readDay(dayWords({ day: "", hours }), [])).toEqual(hours);
  });
  test("2026-12-24 is a Thursday", () => expect(weekdayOf("2026-12-24")).toBe(3));
  test("holidays need a date and a name", () => {
    expect(readHolidays("2026-12-25 Christmas Day\n\n2027-01-01 New Year")).toEqual([
      { day: "2026-12-25", name: "Christmas Day" },
      { day: "2027-01-01", name: "New Year" },
    ]);
    expect(readHolidays("Christmas")).toBeNull();
  });
});
