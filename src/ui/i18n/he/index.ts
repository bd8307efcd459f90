import type { en } from '../en/index.ts';
import type { TranslationOf } from '../types.ts';
import { about } from './about.ts';
import { adaptation } from './adaptation.ts';
import { answer } from './answer.ts';
import { common } from './common.ts';
import { draw } from './draw.ts';
import { failure } from './failure.ts';
import { feedback } from './feedback.ts';
import { install } from './install.ts';
import { letters } from './letters.ts';
import { picture } from './picture.ts';

export const he: TranslationOf<typeof en> = {
  common,
  draw,
  answer,
  letters,
  install,
  about,
  failure,
  picture,
  feedback,
  adaptation,
};
