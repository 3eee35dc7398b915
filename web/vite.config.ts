/** The three pages (widget frame, console, the chat that a mail's link opens). The loader has a config of its own: it must be one plain script. */
import { defineConfig } from "vitest/config";

const desk = process.env.BATON_DESK_URL ?? "http://127.0.0.1:8010";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // The desk's Content-Security-Policy allows neither inline scripts nor inline styles.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    target: "es2022",
    rolldownOptions: { input: { widget: "widget/index.html", console: "console/index.html", chat: "chat/index.html" } },
  },
  server: { proxy: { "/api": { target: desk, ws: true }, "/widget/config.json": desk } },
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "http://desk.test/", settings: { enableIframePageLoading: true } } },
    include: ["tests/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
