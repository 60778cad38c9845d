import tseslint from 'typescript-eslint';
import { ddbx } from './scripts/lint/rules.mjs';

/** What no file may contain, wherever it lies. */
const banned = [
  { selector: 'ExportDefaultDeclaration', message: 'Export it by its name.' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Export it by its name.' },
  { selector: 'ExportAllDeclaration', message: 'No barrel files: import from where it is written.' },
  {
    selector: 'TSAsExpression > TSAsExpression[typeAnnotation.type="TSUnknownKeyword"]',
    message: 'Prove the type instead of claiming it.',
  },
];

const bannedInTests = [
  ...banned,
  {
    selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|only|todo)$/]',
    message: 'A test runs or is not there.',
  },
];

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'completions/', 'node_modules/'] },
  { linterOptions: { noInlineConfig: true } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-restricted-syntax': ['error', ...banned],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { ddbx },
    rules: {
      'ddbx/arrows': 'error',
      'max-lines': ['error', 400],
      'no-console': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // What a signal is aborted with is thrown on as it is.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true, allowThrowingAny: true }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      // A generator is async because its callers await it, whether or not it has to wait itself.
      '@typescript-eslint/require-await': 'off',
      // It takes what was true before an `await` or a callback for true after it, and would have the second look removed.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/lib/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'process', message: 'Take what you need of it as an argument.' }],
      'no-restricted-properties': ['error', { object: 'globalThis', property: 'process' }],
    },
  },
  { files: ['test/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...bannedInTests] } },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
