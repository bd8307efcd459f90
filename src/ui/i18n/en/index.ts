import { about } from './about.ts';
import { answer } from './answer.ts';
import { common } from './common.ts';
import { draw } from './draw.ts';
import { failure } from './failure.ts';
import { install } from './install.ts';
import { letters } from './letters.ts';
import { picture } from './picture.ts';

/** One namespace a feature. English is the source: the other languages have exactly its keys. */
export const en = { common, draw, answer, letters, install, about, failure, picture } as const;
