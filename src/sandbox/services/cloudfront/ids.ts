import { randomInt, randomUUID } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

const letters = (length: number): string => Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** `E` and thirteen letters or digits: distributions, origin access controls and ETags alike. */
export const newId = (): string => `E${letters(13)}`;

export const newInvalidationId = (): string => `I${letters(13)}`;

export const newDomain = (): string => `d${letters(13).toLowerCase()}.cloudfront.net`;

export const newPolicyId = (): string => randomUUID();
