/** CloudFormation has no code of its own for it: a ValidationError whose text ends so, with the name or id in between. */
export const saysNoSuchStack = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === 'ValidationError' &&
  /^Stack(:| with id|) ?.* does not exist$/s.test(error.message);

/** What is not there, and the stack that it would be of. */
export async function absentAsUndefined<T>(send: () => Promise<T>, ...names: string[]): Promise<T | undefined> {
  try {
    return await send();
  } catch (error) {
    if ((error instanceof Error && names.includes(error.name)) || saysNoSuchStack(error)) return undefined;
    throw error;
  }
}

/** CloudFormation has no code for it either: a ValidationError says `No updates are to be performed.` */
export async function unlessUnchanged(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (error instanceof Error && /No updates are to be performed/.test(error.message)) return false;
    throw error;
  }
}
