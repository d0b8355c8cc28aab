/** CloudFormation has no code of its own for it: a ValidationError whose text ends so, with the name or id in between. */
export const saysNoSuchStack = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === 'ValidationError' &&
  /^Stack(:| with id|) ?.* does not exist$/s.test(error.message);
