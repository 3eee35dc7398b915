/** What the front end's code must keep to; a warning fails `npm run lint`. */
import js from "@eslint/js";
import globals from "globals";
import tseslint from "typescript-eslint";

const noHtmlStrings = ["innerHTML", "outerHTML", "insertAdjacentHTML", "dangerouslySetInnerHTML"].map((name) => ({
  selector: `:matches(MemberExpression[property.name='${name}'], JSXAttribute[name.name='${name}'])`,
  message: "Text goes into text nodes, never into HTML strings.",
}));

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "src/wire.ts"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "no-restricted-syntax": ["error", ...noHtmlStrings],
      "max-lines": ["error", 250],
      "max-lines-per-function": ["error", { max: 40, skipComments: true, skipBlankLines: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      // It takes a field that an awaited call changes for a constant.
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
    },
  },
  { files: ["tests/**"], rules: { "max-lines-per-function": "off", "@typescript-eslint/no-non-null-assertion": "off", "@typescript-eslint/require-await": "off" } },
  { files: ["*.js", "*.mjs"], languageOptions: { globals: globals.node } },
);
