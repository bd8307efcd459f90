import type { letters as source } from '../en/letters.ts';
import type { TranslationOf } from '../types.ts';

export const letters: TranslationOf<typeof source> = {
  title: 'האותיות',
  intro: 'כל {{total}} האותיות ש״כתב״ קורא: בדפוס, בכתב, ואיך יד יכולה לכתוב אותן.',
  ownTitle: 'מה אפשר לקרוא כאן',
  ownIntro: 'המודל שעונה כאן מבחין בין {{total}} אלה.',
  howWritten: 'איך כותבים {{name}}',
  animate: 'לצפות',
  again: 'שוב',
  print: 'דפוס',
  script: 'כתב',
  strokes_one: 'קו אחד',
  strokes_two: 'שני קווים',
  strokes_other: '{{count}} קווים',
  endOfWord: 'בסוף מילה: {{name}}',
  elsewhere: 'בשאר המילה: {{name}}',
  source: 'אותיות הכתב והקווים הולכים בעקבות הגופן ״גברת לוין״. כל יד כותבת אחרת, וגם שלך נכונה.',
};
