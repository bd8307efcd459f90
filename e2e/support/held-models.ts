import type { Page } from '@playwright/test';

/** Keeps all files of models back, as a slow line does, until what it resolves with is called. */
export async function holdModels(page: Page): Promise<() => void> {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/models/**', async (route) => {
    await held;
    await route.continue();
  });
  return release;
}
