import { createTwoFilesPatch } from 'diff';

/** A unified diff for people: what is there, and what would be. */
export const fileDifference = (path: string, before: string, after: string): string =>
  createTwoFilesPatch(`${path} (is)`, `${path} (would be)`, before, after, undefined, undefined, { context: 2 });
