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

/** One namespace a feature. English is the source: the other languages have exactly its keys. */
export const en = { common, draw, answer, letters, install, about, failure, picture, feedback, adaptation } as const;
