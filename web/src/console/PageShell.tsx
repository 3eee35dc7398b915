/** A page beside the chats: its head with the way back, and its part once that's loaded. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useParts } from "./context";
import { type Page, pagesFor } from "./pages";

export function PageShell({ page }: { page: Page }) {
  return (
    <div class="page">
      <header class="page-head">
        <p class="wordmark">Baton</p>
        <PageLinks here={page.hash} />
      </header>
      <main class="page-body">
        <h1>{page.title}</h1>
        <Part page={page} key={page.hash} />
      </main>
    </div>
  );
}

/** Links to the chats and to the pages of this rep's role; nothing where there are none. */
export function PageLinks({ here = "" }: { here?: string }) {
  const { account, pages } = useParts();
  const theirs = pagesFor(account.rep.value?.role ?? "rep", pages);
  if (theirs.length === 0) return null;
  const current = (hash: string) => (hash === here ? "page" : undefined);
  return (
    <nav class="page-links" aria-label="Pages">
      <a href="#" aria-current={current("")}>
        Chats
      </a>
      {theirs.map(({ hash, title }) => (
        <a key={hash} href={hash} aria-current={current(hash)}>
          {title}
        </a>
      ))}
    </nav>
  );
}

function Part({ page }: { page: Page }) {
  const [part, setPart] = useState<{ Shown: ComponentType } | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    page.load().then(
      (Shown) => setPart({ Shown }),
      () => setFailed(true),
    );
  }, [page]);
  if (part) return <part.Shown />;
  return <p role="status">{failed ? "This page couldn't be loaded. Reload to try again." : "One moment"}</p>;
}
