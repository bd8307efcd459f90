import { buildInTfjs } from '../../browser/tfjs-network.ts';
import { ANSWER_MARK, LETTER, WEIGHTS } from './letter.ts';
import type { DrawnLetter } from './letter.ts';

/** As little page as there can be: what it needs comes side by side, and the answer is an attribute of its body. */
export async function answerOne(library: Promise<unknown>): Promise<void> {
  const [weights, text] = await Promise.all([fetched(WEIGHTS), fetched(LETTER), library]);
  const letter = JSON.parse(await text.text()) as DrawnLetter;
  const network = buildInTfjs(new Uint8Array(await weights.arrayBuffer()), letter.manifest);
  const { logits } = await network.run({
    count: 1,
    picture: Float32Array.from(letter.picture),
    line: Float32Array.from(letter.line),
  });
  const answer = logits.indexOf(Math.max(...logits));
  if (answer !== letter.answer) throw new Error(`the network says ${answer}, not ${letter.answer}`);
  document.body.dataset['answer'] = String(answer);
  // In the page, as Ktav's is: whoever drives the browser hears of it later.
  performance.mark(ANSWER_MARK);
}

async function fetched(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}
