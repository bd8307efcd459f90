import { expect, test } from 'vitest';
import type { Answer, EngineStatus } from '#inference/answer';
import { defaultConfig } from './config.ts';
import { createDrawingActions } from './drawing-actions.ts';
import type { DrawingActions } from './drawing-actions.ts';
import { createLiveReader } from './live-reader.ts';
import { createPen } from './pen.ts';
import { defaultPreferences } from './preferences.ts';
import { createAppStore } from './store.ts';

const ready: EngineStatus = { phase: 'ready', model: 'm', version: '1', labels: [], backend: 'wasm', reports: [] };
const alef: Answer = {
  prediction: { kind: 'letter', label: 'alef', probability: 1, candidates: [] },
  raster: null,
  inkBox: null,
  cue: [],
  embedding: null,
  receipt: { model: 'm', version: '1', fileHash: '', backend: 'wasm', preprocess: 1, appBuild: '' },
  timing: { preprocess: 0, inference: 0, total: 0 },
};

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A stroke to whose first half the engine has answered, the pen still down; and what is heard once it is up. */
async function halfWritten() {
  const store = createAppStore(ready, 'en', defaultPreferences, { config: defaultConfig, problems: [] });
  const pen = createPen();
  let request = 0;
  const reader = createLiveReader({
    engine: { status: () => ready, classify: async () => alef },
    nextFrame: (callback) => callback(),
    nextRequest: () => ++request,
    input: () => {
      const { ink } = store.getState().drawing;
      const whole = pen.stroke.length > 0 ? [...ink, pen.stroke] : ink;
      return whole.length > 0 ? { kind: 'ink', ink: whole, line: null } : null;
    },
    reading: () => store.getState().reading,
    show: (reading) => store.setState({ reading }),
  });
  const actions = createDrawingActions(store, pen, reader);
  actions.beginStroke({ x: 0.2, y: 0.2, at: 0 });
  actions.extendStroke([{ x: 0.4, y: 0.4, at: 10 }]);
  await settled();
  expect(store.getState()).toMatchObject({ penDown: true, reading: { kind: 'answered' } });
  const heard: string[] = [];
  store.subscribe(({ penDown, reading }) => {
    if (!penDown) heard.push(reading.kind);
  });
  return { actions, heard };
}

test.each<[string, (actions: DrawingActions) => void, string[]]>([
  ['lifted', ({ endStroke }) => endStroke(), ['loading', 'answered']],
  ['taken for a palm', ({ dropStroke }) => dropStroke(), ['idle']],
])('once a pen is %s, the answer to half a stroke is never heard as one', async (_, does, expected) => {
  const { actions, heard } = await halfWritten();
  does(actions);
  await settled();
  expect(heard).toEqual(expected);
});
