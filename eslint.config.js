import tseslint from "typescript-eslint";

export default tseslint.config(
  // scripts/consumer-program.ts sees the packed package only; scripts/check-package.js compiles it.
  { ignores: ["dist", "dist-scripts", "coverage", "**/node_modules", "scripts/consumer-program.ts"] },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/require-await": "off",
      // isolatedDeclarations asks for the types that this rule would remove.
      "@typescript-eslint/no-inferrable-types": "off",
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "No default exports." },
        { selector: "ExportAllDeclaration", message: "Name what is exported." },
        { selector: "TSEnumDeclaration", message: "Use a union of strings." },
      ],
    },
  },
  {
    files: ["vitest.config.ts", "test/global-setup.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/**/*.test.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "No default exports." },
        { selector: "ExportAllDeclaration", message: "Name what is exported." },
        { selector: "TSEnumDeclaration", message: "Use a union of strings." },
        { selector: "NewExpression[callee.name='Error']", message: "Throw integrationError(code, …)." },
      ],
      "max-lines": ["warn", { max: 300, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["warn", { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Texts of a made-up world: data, however long.
    files: ["src/sandbox/lifelike/*.ts"],
    rules: { "max-lines-per-function": "off" },
  },
);
