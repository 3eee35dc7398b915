// @vitest-environment node
import { signal } from "@preact/signals";
import { describe, expect, test } from "vitest";
import type { Answer } from "../src/shared/ask";
import { Follower } from "../src/shared/follow";
import { nothingSaid } from "../src/shared/timeline";
import type { MessagePage } from "../src/wire";
import { message } from "./people";

function follow(head: number, limit = 2) {
  const asked: number[] = [];
  const stored = Array.from({ length: head }, (_, index) => message(index + 1, `${index + 1}`));
  const timeline = signal(nothingSaid);
  const follower = new Follower(timeline, async (after): Promise<Answer<MessagePage>> => {
    asked.push(after);
    const messages = stored.slice(after, after + limit);
    return { kind: "ok", status: 200, body: { messages, head: stored.length, version: 1, more: after + limit < stored.length } };
  });
  const seen = () => timeline.value.messages.map(({ text }) => text).join(" ");
  return { follower, asked, seen, stored };
}

describe("a conversation that the page follows", () => {
  test("is fetched page by page, without a word missing", async () => {
    const { follower, asked, seen } = follow(5);
    expect(await follower.catchUp()).toBe(true);
    expect(seen()).toBe("1 2 3 4 5");
    expect(asked).toEqual([0, 2, 4]);
  });

  test("is asked for what a lost push left out", async () => {
    const { follower, seen, stored } = follow(4);
    follower.take([stored[0]!, stored[3]!]);
    await follower.catchUp();
    expect(seen()).toBe("1 2 3 4");
  });

  test("is asked when only the heartbeat's head tells of more", async () => {
    const { follower, asked, seen } = follow(2);
    follower.take([], 2);
    await follower.catchUp();
    expect(seen()).toBe("1 2");
    expect(asked.length).toBeGreaterThan(0);
  });

  test("isn't asked when nothing is missing", () => {
    const { follower, asked, stored } = follow(2);
    follower.take([stored[0]!, stored[1]!], 2);
    expect(asked).toEqual([]);
  });

  test("isn't asked without end by a desk that says more and brings nothing", async () => {
    const timeline = signal(nothingSaid);
    let asked = 0;
    const follower = new Follower(timeline, async () => {
      asked += 1;
      return { kind: "ok", status: 200, body: { messages: [], head: 9, version: 1, more: true } };
    });
    await follower.catchUp();
    expect(asked).toBe(1);
  });

  test("says so when the desk can't be asked", async () => {
    const follower = new Follower(signal(nothingSaid), async () => ({ kind: "unreachable" }));
    expect(await follower.catchUp()).toBe(false);
  });
});
