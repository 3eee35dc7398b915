/** `dist/widget.js`: the one script that a shop's page loads; no framework, no modules, no names left behind. */
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2020",
    lib: { entry: "src/loader/loader.ts", formats: ["iife"], name: "BatonLoader", fileName: () => "widget.js" },
  },
});
