/**
 * The rules of the house, for oxlint. JavaScript and not JSON, so that a room is one line.
 * lint/planted.test.ts plants a violation of each and expects it to be caught.
 */

const roomsAboveApp = ['glyph', 'model', 'inference', 'feedback', 'collection', 'insight'];

/** Who may import whom. `types` are reached by `import type` alone; arrows only go down the list. */
const rooms = {
  glyph: { says: 'glyph imports nothing' },
  model: {
    types: ['glyph'],
    packages: ['zod', '@noble/ed25519', '@noble/hashes'],
    says: 'model imports types of glyph, the schema library, and a library for signatures',
  },
  inference: {
    values: ['glyph', 'model'],
    packages: ['onnxruntime-web', 'comlink', 'virtual:trimmed-runtime', 'virtual:served-files'],
    says: 'inference imports glyph, model, onnxruntime-web and the worker RPC',
  },
  feedback: {
    types: ['glyph', 'model', 'inference'],
    packages: ['idb', 'zod', 'fflate'],
    says: 'feedback imports types of glyph, model and inference, idb, fflate and the schema library',
  },
  insight: { types: ['feedback', 'model'], says: 'insight imports types of feedback and model' },
  collection: {
    values: ['inference', 'insight'],
    packages: ['fflate', 'papaparse'],
    says: 'collection imports inference, insight, and the libraries for ZIP and CSV',
  },
  app: {
    values: roomsAboveApp,
    packages: ['zustand/vanilla', 'zod'],
    says: 'app imports the rooms above it, zustand/vanilla and the schema library, and never React',
  },
  ui: {
    values: ['app'],
    types: roomsAboveApp,
    packages: [
      'react',
      'react-dom',
      'konva',
      'react-konva',
      'react-aria',
      'react-aria-components',
      'react-stately',
      '@internationalized/*',
      'i18next',
      'react-i18next',
      'zustand',
      '@fontsource/*',
    ],
    says: 'ui imports app, types of the rooms above it, React, Konva and the component library',
  },
};

/** What reaches out of the program. Forbidden in src/, but for the files in `edges`. */
const effects = ['fetch', 'indexedDB', 'caches', 'Worker', 'localStorage', 'sessionStorage', 'XMLHttpRequest'];
const pageGlobals = ['document', 'window'];

/** The files that exist for an effect: the short rim around the pure core. */
const edges = [
  'src/main.tsx',
  'src/sw/**',
  'src/inference/client.ts',
  'src/inference/worker.ts',
  'src/inference/begun.ts',
  'src/model/cache.ts',
  'src/model/download.ts',
  'src/feedback/store.ts',
  'src/feedback/sync-parts.ts',
  'src/feedback/page-side.ts',
  'src/feedback/second-copy/opfs-worker.ts',
  'src/app/*-edge.ts',
];

/** Roots join everything, so they may import anything. */
const roots = [
  'src/main.tsx',
  'src/sw/**',
  'src/inference/{worker,later-worker}.ts',
  'src/feedback/second-copy/opfs-worker.ts',
];

const tests = (folder) => ['test.ts', 'test.tsx', 'fixture.ts'].map((end) => `${folder}*.${end}`);

const tooDeep = 'A room has at most two folders in one another.';
const outOfRoom = 'Another room is reached by #room/file, never by ../.';
/** From a room's top `../` leaves it; from `depth` folders further in, as many more of them do. */
const noWayOut = (depth) => ({ regex: String.raw`(^|/)(\.\./){${depth}}\.\.(/|$)`, message: outOfRoom });

/** The files that lie `depth` folders deep in a room, by glob. */
const inRoom = (room, depth) => `src/${room}/${'*/'.repeat(depth)}`;
const depths = [0, 1, 2];

const restrictImports = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

function roomRules(name, { values = [], types = [], packages = [], says }, depth) {
  const reachable = [
    ...[name, ...values, ...types].map((room) => `#${room}/**`),
    ...packages.flatMap((p) => [p, `${p}/**`]),
  ];
  const own = depth > 0 ? ['./**', '../**'] : ['./**'];
  const nothingElse = { group: ['*', ...[...own, ...reachable].map((path) => `!${path}`)], message: `${says}.` };
  const onlyTypes = types.map((room) => ({
    regex: `^#${room}/`,
    allowTypeImports: true,
    message: `${says}. Use import type.`,
  }));
  // oxlint stops at a pattern that excuses a path, so the one with excuses comes last.
  return restrictImports(noWayOut(depth), ...onlyTypes, nothingElse);
}

const why = (name) => `${name} appears only in the files that exist for it: "edges" in oxlint.config.mjs.`;

function restrictGlobals(names) {
  return {
    'no-restricted-globals': ['error', ...names.map((name) => ({ name, message: why(name) }))],
    'no-restricted-properties': [
      'error',
      ...['globalThis', 'self', 'window'].flatMap((object) =>
        names.map((property) => ({ object, property, message: why(property) })),
      ),
    ],
  };
}

const anyGlobal = { 'no-restricted-globals': 'off', 'no-restricted-properties': 'off' };
const maxLines = (max) => ({ 'max-lines': ['error', { max, skipBlankLines: false, skipComments: false }] });

export default {
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'react', 'jsx-a11y', 'promise', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  settings: { react: { version: '19.3.1' } },
  ignorePatterns: [
    'dist',
    'coverage',
    'reports',
    'public',
    'playwright-report',
    'test-results',
    'training/runs',
    '.venv',
  ],
  rules: {
    ...maxLines(250),
    eqeqeq: 'error',
    'no-empty': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    'import/no-cycle': 'error',
    'import/no-duplicates': 'error',
    'react/rules-of-hooks': 'error',
    'react/no-danger': 'error',
    // The JSX transform imports React by itself.
    'react/react-in-jsx-scope': 'off',
    // Style sheets are imported for their effect.
    'import/no-unassigned-import': 'off',
    // One shadowed name is often the clearest name, and a loop that awaits is often meant.
    'no-shadow': 'off',
    'no-await-in-loop': 'off',
    // A canvas that shows a picture has role="img" by right.
    'jsx-a11y/prefer-tag-over-role': 'off',
    // Blind to what a function called in the loop changes.
    'no-unmodified-loop-condition': 'off',
    'unicorn/consistent-function-scoping': 'off',
    // `fc.assert` and `React.use` read better than twenty names; TypeScript knows what a default export holds.
    'import/no-named-as-default': 'off',
    'import/no-named-as-default-member': 'off',
    // A property may promise something of some of the cases that are drawn, and nothing of the others.
    'vitest/no-conditional-expect': 'off',
    // Vitest takes a message as second argument, and a rejection is often awaited after the clock was moved.
    'vitest/valid-expect': 'off',
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'fc.assert', 'run'] }],
    // What is read from the document depends on the theme without naming it; the app's objects are no React state.
    'react/exhaustive-effect-dependencies': 'off',
    'react/immutability': 'off',
    // The sheet is written on with keys.
    'jsx-a11y/no-noninteractive-tabindex': ['error', { roles: ['application'], tags: [] }],
    // __APP_BUILD__ is named as bundlers name such things.
    'no-underscore-dangle': 'off',
  },
  overrides: [
    { files: ['src/**'], rules: { 'no-console': 'error', ...restrictGlobals([...pageGlobals, ...effects]) } },
    ...Object.entries(rooms).flatMap(([name, room]) => [
      ...depths.map((depth) => ({ files: [`${inRoom(name, depth)}*`], rules: roomRules(name, room, depth) })),
      // Deeper than that nothing is built, so that no file slips from under the rules.
      { files: [`${inRoom(name, depths.length)}**`], rules: restrictImports({ group: ['*'], message: tooDeep }) },
    ]),
    { files: ['src/ui/**'], rules: restrictGlobals(effects) },
    { files: edges, rules: anyGlobal },
    { files: roots, rules: { 'no-restricted-imports': 'off' } },
    // Tests bring their library and their neighbours, but keep to the doors between the rooms.
    ...depths.map((depth) => ({
      files: tests(inRoom('*', depth)),
      rules: { ...anyGlobal, ...restrictImports(noWayOut(depth)) },
    })),
    { files: ['**/*.test.ts', '**/*.test.tsx', 'e2e/**'], rules: maxLines(400) },
    // In Playwright `use` is no hook, and an empty pattern says that a fixture needs no other.
    { files: ['e2e/**'], rules: { 'react/rules-of-hooks': 'off', 'no-empty-pattern': 'off' } },
  ],
};
