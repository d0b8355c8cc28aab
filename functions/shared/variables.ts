/** The environment of a function, read once: what is missing or no number is told with its name, not met later. */
export function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export function wholeNumber(
  env: NodeJS.ProcessEnv,
  name: string,
  usual: number,
  [least, most]: [number, number],
): number {
  const text = env[name];
  if (text === undefined || text === '') return usual;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`${name} is ${JSON.stringify(text)}; it is a whole number from ${least} to ${most}`);
  return value;
}
