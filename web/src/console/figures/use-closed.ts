/** A list of closed chats, page after page. Read again by itself only while no more than its first page is shown. */
import { useEffect, useRef, useState } from "preact/hooks";
import { wordsOf } from "../../shared/ask";
import type { ClosedChat, ClosedChats, FindClosed } from "../../wire";
import { useParts } from "../context";
import { addressOf } from "./closed";

const UNREACHED = "The desk can't be reached. Try again.";

export function useClosed(wanted: FindClosed, reading: number) {
  const { desk } = useParts();
  const [chats, setChats] = useState<readonly ClosedChat[] | null>(null);
  const [older, setOlder] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const address = addressOf(wanted);
  const shown = useRef({ address: "", pages: 0 });
  const read = async (from: string, before: readonly ClosedChat[], still: () => boolean) => {
    const answer = await desk.ask<ClosedChats>("GET", from);
    if (!still()) return;
    setTrouble(answer.kind === "ok" ? null : wordsOf(answer, UNREACHED));
    if (answer.kind !== "ok") return;
    shown.current = { address, pages: before.length > 0 ? 2 : 1 };
    setChats([...before, ...answer.body.chats]);
    setOlder(answer.body.older_than);
  };
  useEffect(() => {
    let current = true;
    if (shown.current.address === address && shown.current.pages > 1) return;
    if (shown.current.address !== address) setChats(null);
    void read(address, [], () => current);
    return () => {
      current = false;
    };
  }, [address, reading]);
  const latest = useRef(address);
  latest.current = address;
  const more = () => void read(addressOf({ ...wanted, older_than: older }), chats ?? [], () => latest.current === address);
  return { chats, trouble, more: older === null ? null : more };
}
