import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';
import noImportUpwards, { LAYERS } from './eslint/no-import-upwards.mjs';
import noLookupByInput from './eslint/no-lookup-by-input.mjs';

const netloom = { rules: { 'no-import-upwards': noImportUpwards, 'no-lookup-by-input': noLookupByInput } };

const foldersOf = (layers) =>
  layers.flatMap(({ folders }) => folders.map((folder) => (folder.endsWith('.ts') ? folder : `${folder}/**/*.ts`)));

export default tseslint.config(
  { ignores: ['build/', 'dist/', 'node_modules/', 'coverage/', 'lib/schema/data/'] },
  { files: ['**/*.ts'], extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked] },
  {
    files: ['**/*.ts'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: { project: './tsconfig.dev.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // A namespace of factories (`Port.tcp(80)`, `Cni.calico()`) is how construct libraries spell value objects.
      '@typescript-eslint/no-extraneous-class': 'off',
      // jsii knows maps as index signatures only.
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // Constructs of another copy of a library are constructs all the same: they are known by shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      eqeqeq: 'error',
      // What `npm run new-rule` leaves to fill in.
      'no-warning-comments': ['error', { terms: ['todo', 'fixme'], location: 'anywhere' }],
    },
  },
  {
    files: ['lib/**/*.ts'],
    plugins: { netloom },
    rules: { 'netloom/no-import-upwards': 'error' },
  },
  {
    // No file, clock, network, console or cdk8s: plain values in, plain values out.
    files: foldersOf(LAYERS.filter(({ pure }) => pure)),
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ regex: '^(node:|cdk8s|constructs$)' }] }],
      'no-restricted-globals': ['error', 'process', 'console', 'fetch', 'setTimeout', 'setInterval', 'performance'],
    },
  },
  {
    // What strangers write is matched: no expression may take longer than its text is long.
    files: ['lib/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    files: ['lib/**/*.ts'],
    // They make such look-ups safe for all others, and build such objects.
    ignores: ['lib/model/json.ts', 'lib/syntax/own-member.ts', 'lib/manifests/{node,plain}-value.ts'],
    plugins: { netloom },
    rules: { 'netloom/no-lookup-by-input': 'error' },
  },
  {
    // The way of every object of the input: see lib/model/lists.ts.
    files: ['lib/{manifests,model,reach,rules,suppression}/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.property.name='flatMap']", message: 'flatMap of lib/model/lists is faster' },
        {
          selector: 'ArrayExpression[elements.length>1]:not(:has(> :not(SpreadElement)))',
          message: 'concat of lib/model/lists is faster',
        },
      ],
    },
  },
);
