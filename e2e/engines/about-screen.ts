import type { Visitor } from './visitor.ts';
import { until } from './looking.ts';

/** What the about screen says of the backend that answers. Waits until one does. */
export async function answering(visitor: Visitor): Promise<Answering> {
  const [story] = await until(
    'the story of the backend that answers',
    () => visitor.run(storiesOnPage, null),
    (stories) => stories.length > 0,
  );
  if (story === undefined) throw new Error('there was one');
  return story;
}

/** As the page has it: error is its largest over the goldens, runtime what WASM runs on. */
export type Answering = { readonly name: string; readonly error: string; readonly runtime: string };

/** Runs in the page. */
function storiesOnPage(): Answering[] {
  return [...document.querySelectorAll<HTMLElement>('[data-testid="backend"][data-state="answering"]')].map((story) => {
    const term = [...story.querySelectorAll('dt')].find(({ textContent }) => textContent === 'Largest error');
    return {
      name: story.querySelector('h3 bdi')?.textContent ?? '',
      error: term?.nextElementSibling?.textContent ?? '',
      runtime: story.dataset['runtime'] ?? '',
    };
  });
}
