import { expect, test } from 'vitest';
import { plant } from './plant.ts';

const imports = 'eslint(no-restricted-imports)';
const globals = 'eslint(no-restricted-globals)';
const properties = 'eslint(no-restricted-properties)';

const value = (from: string) => `import { it } from '${from}';\nexport const got = it;\n`;
const type = (from: string) => `import type { It } from '${from}';\nexport type Got = It;\n`;
const again = (from: string) => `export { it } from '${from}';\n`;
const later = (from: string) => `export const got = () => import('${from}');\n`;
const many = (lines: number) => 'export const one = 1;\n'.repeat(lines).replaceAll(/one/g, () => `n${serial++}`);
let serial = 0;

/** Path of the planted file → the rule that it breaks, and its text. One line for each arrow that must not be. */
const violations: readonly (readonly [file: string, rule: string, text: string])[] = [
  ['src/glyph/valueOfModel.ts', imports, value('#model/manifest')],
  ['src/glyph/typeOfModel.ts', imports, type('#model/manifest')],
  ['src/glyph/package.ts', imports, value('zod')],
  ['src/glyph/node.ts', imports, value('node:fs')],
  ['src/glyph/again.ts', imports, again('#app/store')],
  ['src/glyph/later.ts', imports, later('#app/store')],
  ['src/glyph/folder/valueOfModel.ts', imports, value('#model/manifest')],
  ['src/glyph/far/too/deep/file.ts', imports, value('./near')],
  ['src/model/valueOfGlyph.ts', imports, value('#glyph/raster')],
  ['src/model/valueAmongTypes.ts', imports, `import { type A, it } from '#glyph/raster';\nexport const b: A = it;\n`],
  ['src/model/typeOfInference.ts', imports, type('#inference/protocol')],
  ['src/inference/typeOfFeedback.ts', imports, type('#feedback/record')],
  ['src/inference/idb.ts', imports, value('idb')],
  ['src/feedback/valueOfModel.ts', imports, value('#model/manifest')],
  ['src/feedback/valueOfInference.ts', imports, value('#inference/protocol')],
  ['src/feedback/typeOfInsight.ts', imports, type('#insight/drift')],
  ['src/insight/valueOfFeedback.ts', imports, value('#feedback/record')],
  ['src/insight/typeOfInference.ts', imports, type('#inference/protocol')],
  ['src/insight/zod.ts', imports, value('zod')],
  ['src/collection/valueOfModel.ts', imports, value('#model/manifest')],
  ['src/collection/valueOfApp.ts', imports, value('#app/store')],
  ['src/app/react.ts', imports, value('react')],
  ['src/app/zustandWithReact.ts', imports, value('zustand')],
  ['src/app/ui.ts', imports, type('#ui/App')],
  ['src/ui/valueOfGlyph.ts', imports, value('#glyph/raster')],
  ['src/ui/valueOfFeedback.ts', imports, value('#feedback/record')],
  ['src/ui/idb.ts', imports, value('idb')],
  ['src/ui/draw/valueOfGlyph.ts', imports, value('#glyph/raster')],
  // Out of the room by the window.
  ['src/model/upFromTheTop.ts', imports, type('../glyph/raster')],
  ['src/model/upInDisguise.ts', imports, type('./../glyph/raster')],
  ['src/ui/upFromTheTop.ts', imports, value('../app/store')],
  ['src/ui/draw/upFromAFolder.ts', imports, value('../../app/store')],
  ['src/ui/i18n/he/upFromDeep.ts', imports, value('../../../app/store')],
  ['src/ui/i18n/he/valueOfGlyph.ts', imports, value('#glyph/raster')],
  ['src/ui/draw/upFromA.test.ts', imports, value('../../glyph/raster')],
  ['src/glyph/upFromA.test.ts', imports, value('../model/manifest')],
  // Effects, by name and through the global object.
  ...['document', 'window', 'fetch', 'indexedDB', 'caches', 'Worker', 'localStorage'].map(
    (name) => [`src/app/bare-${name}.ts`, globals, `export const it = ${name};\n`] as const,
  ),
  ['src/glyph/bareDocument.ts', globals, 'export const it = document.title;\n'],
  ['src/ui/bareFetch.ts', globals, "export const it = fetch('x');\n"],
  ['src/inference/engine.ts', globals, "export const it = fetch('x');\n"],
  ['src/app/throughGlobalThis.ts', properties, "export const it = globalThis.fetch('x');\n"],
  ['src/app/throughSelf.ts', properties, 'export const it = self.indexedDB;\n'],
  ['src/ui/throughWindow.ts', properties, 'export const it = window.localStorage;\n'],
  // Cycles, length, and what a reviewer should not need to say.
  ['src/glyph/cycleA.ts', 'import(no-cycle)', "import { b } from './cycleB';\nexport const a = (): number => b();\n"],
  ['src/glyph/cycleB.ts', 'import(no-cycle)', "import { a } from './cycleA';\nexport const b = (): number => a();\n"],
  ['src/app/cycleA.ts', 'import(no-cycle)', "import { b } from '#app/cycleB';\nexport const a = (): number => b();\n"],
  ['src/app/cycleB.ts', 'import(no-cycle)', "import { a } from '#app/cycleA';\nexport const b = (): number => a();\n"],
  ['src/glyph/long.ts', 'eslint(max-lines)', many(251)],
  ['src/glyph/long.test.ts', 'eslint(max-lines)', many(401)],
  ['src/glyph/any.ts', 'typescript(no-explicit-any)', 'export const it = (x: any): unknown => x;\n'],
  ['src/glyph/unused.ts', 'eslint(no-unused-vars)', 'const idle = 1;\nexport const it = 2;\n'],
  ['src/glyph/var.ts', 'eslint(no-var)', 'export var it = 2;\n'],
  ['src/glyph/let.ts', 'eslint(prefer-const)', 'let it = 2;\nexport const got = it;\n'],
  [
    'src/app/twice.ts',
    'import(no-duplicates)',
    value('./near') + "export const a = it;\nimport { b } from './near';\nexport const c = b;\n",
  ],
  ['src/glyph/loose.ts', 'eslint(eqeqeq)', 'export const it = (x: unknown): boolean => x == 1;\n'],
  ['src/glyph/console.ts', 'eslint(no-console)', "export const it = (): void => console.log('x');\n"],
  [
    'src/app/swallowed.ts',
    'eslint(no-empty)',
    'export function it(run: () => void): void {\n  try {\n    run();\n  } catch {}\n}\n',
  ],
  [
    'src/app/typeAsValue.ts',
    'typescript(consistent-type-imports)',
    "import { A } from '#glyph/raster';\nexport type B = A;\n",
  ],
  // It would go past the rules of the rooms, which look at import declarations.
  ['src/glyph/typeByCall.ts', 'typescript(consistent-type-imports)', "export type A = import('#model/manifest').A;\n"],
  ['src/ui/noAlt.tsx', 'jsx-a11y(alt-text)', 'export const Picture = () => <img src="x.png" />;\n'],
  [
    'src/ui/mouseOnly.tsx',
    'jsx-a11y(click-events-have-key-events)',
    'export const Spot = () => <div onClick={close} />;\n',
  ],
  [
    'src/ui/danger.tsx',
    'react(no-danger)',
    "export const Raw = () => <p dangerouslySetInnerHTML={{ __html: 'x' }} />;\n",
  ],
  [
    'src/ui/hookInIf.tsx',
    'react-hooks(rules-of-hooks)',
    "import { useState } from 'react';\nexport function It({ on }: { on: boolean }) {\n  if (on) useState(1);\n  return null;\n}\n",
  ],
  [
    'src/ui/staleEffect.tsx',
    'react-hooks(exhaustive-deps)',
    "import { useEffect } from 'react';\nexport function It({ tell }: { tell: () => void }) {\n  useEffect(() => tell(), []);\n  return null;\n}\n",
  ],
];

/** What the house allows: nothing in these may be held against them. */
const clean: Readonly<Record<string, string>> = {
  'src/glyph/near.ts': value('./raster'),
  'src/glyph/byDoor.ts': value('#glyph/raster'),
  'src/glyph/folder/near.ts': value('../raster'),
  'src/glyph/raster.test.ts':
    "import { expect, test } from 'vitest';\nimport { it } from '#model/manifest';\ntest('reads', () => {\n  expect(it).toBe(document);\n});\n",
  'src/glyph/folder/near.test.ts': value('../raster'),
  'src/glyph/justFits.ts': many(250),
  'src/glyph/justFits.test.ts': many(400),
  'src/model/typeOfGlyph.ts': type('#glyph/raster'),
  'src/model/schema.ts': value('zod'),
  'src/model/download.ts': "export const it = fetch('x');\n",
  'src/inference/glyphAndModel.ts': value('#glyph/raster') + "export { b } from '#model/manifest';\n",
  'src/inference/runtime.ts': value('onnxruntime-web/wasm'),
  'src/inference/runtimeUrl.ts':
    "import url from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';\nexport { url };\n",
  'src/inference/worker.ts': value('#feedback/record'),
  'src/feedback/types.ts': type('#inference/protocol'),
  'src/feedback/idb.ts': value('idb'),
  'src/insight/types.ts': type('#feedback/record'),
  'src/collection/values.ts': value('#insight/drift'),
  'src/app/vanilla.ts': value('zustand/vanilla'),
  'src/app/schema.ts': value('zod/mini'),
  'src/app/values.ts': value('#feedback/record'),
  'src/app/storage-edge.ts': 'export const it = localStorage;\n',
  'src/ui/app.ts': value('#app/store'),
  'src/ui/types.ts': type('#glyph/raster'),
  'src/ui/sheet.ts': "import './sheet.css';\nexport const it = document.title;\n",
  'src/ui/near.ts': value('./draw/Pad'),
  'src/ui/draw/up.ts': value('../theme/tokens'),
  'src/ui/i18n/he/up.ts': value('../../theme'),
  'src/ui/draw/konva.ts': value('react-konva'),
  'src/ui/text.ts': value('@internationalized/date') + "export { b } from 'react-aria-components';\n",
  'src/main.tsx': value('#inference/client'),
};

const planted = plant({ ...clean, ...Object.fromEntries(violations.map(([file, , text]) => [file, text])) });

test.each(violations)('%s breaks %s', (file, rule) => {
  expect(planted.broken(file)).toContain(rule);
});

test.each(Object.keys(clean))('%s is as the house allows', (file) => {
  expect(planted.broken(file)).toEqual([]);
});
