import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PACKAGES = fileURLToPath(new URL('../../node_modules/@aws-sdk/', import.meta.url));

/**
 * What each operation of a client package cannot do without, by operation. Clients carry it only in their types:
 * `StackName: string | undefined` is required, `StackName?: string | undefined` is not.
 */
export function requiredMembers(packageName: string): Record<string, string[]> {
  const types = `${PACKAGES}${packageName}/dist-types/`;
  const shapes = new Map<string, string[]>();
  for (const name of readdirSync(`${types}models`).filter((file) => file.endsWith('.d.ts')))
    for (const [, shape = '', body = ''] of readFileSync(`${types}models/${name}`, 'utf8').matchAll(
      /^export interface (\w+) \{\n(.*?)^\}/gms,
    ))
      shapes.set(
        shape,
        [...body.matchAll(/^ {4}(\w+): .*\| undefined;$/gm)].map(([, member = '']) => member),
      );
  const commands = readdirSync(`${types}commands`).flatMap((name) => /^(\w+)Command\.d\.ts$/.exec(name)?.[1] ?? []);
  return Object.fromEntries(
    commands.map((operation) => {
      const text = readFileSync(`${types}commands/${operation}Command.d.ts`, 'utf8');
      const shape = /CommandInput extends (\w+)/.exec(text)?.[1] ?? '';
      return [operation, shapes.get(shape) ?? []];
    }),
  );
}
