import type { Texts } from '../en/index.ts';
import { texts as english } from '../en/index.ts';

export const texts: Texts = english;
