import type { picture as source } from '../en/picture.ts';
import type { TranslationOf } from '../types.ts';

export const picture: TranslationOf<typeof source> = {
  uploadTitle: 'העלאת תמונות',
  cameraTitle: 'מצלמה',
};
