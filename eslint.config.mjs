import noImportUpwards, { LAYERS } from './eslint/no-import-upwards.mjs';
import tseslint from 'typescript-eslint';

const foldersOf = (layers) =>
  layers.flatMap(({ folders }) => folders.map((folder) => (folder.endsWith('.ts') ? folder : `${folder}/**/*.ts`)));

export default tseslint.config(
  { ignores: ['build/', 'dist/', 'node_modules/', 'coverage/'] },
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
    plugins: { layers: { rules: { 'no-import-upwards': noImportUpwards } } },
    rules: { 'layers/no-import-upwards': 'error' },
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
