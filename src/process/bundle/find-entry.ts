import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformError } from '../../errors/platform-error.ts';
import type { FunctionSource } from './bundle-functions.ts';

const EXTENSIONS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'];

/** `index.handler`: the module that Lambda loads, and the name that it calls. */
export function handlerParts(handler: string): { module: string; name: string } {
  const dot = handler.lastIndexOf('.');
  return { module: handler.slice(0, dot), name: handler.slice(dot + 1) };
}

/** The file that is bundled: the source itself, or in a folder the module of the handler. */
export function findEntry({ name, written, path, handler }: FunctionSource): string {
  if (!statSync(path).isDirectory()) {
    if (EXTENSIONS.some((extension) => path.endsWith(extension))) return path;
    throw noEntry(name, `${written} is not a file of JavaScript or TypeScript`);
  }
  const { module } = handlerParts(handler);
  const candidates = [module, join('src', module)].flatMap((one) => EXTENSIONS.map((extension) => one + extension));
  const found = candidates.map((one) => join(path, one)).find((one) => existsSync(one) && statSync(one).isFile());
  if (found) return found;
  throw noEntry(name, `${written} has no ${module}.ts or ${module}.js, and none in src`);
}

const noEntry = (name: string, what: string) =>
  new PlatformError({
    id: 'function-entry',
    kind: 'usage',
    message: `functions.${name}: ${what}`,
    remedy: `name the file in functions.${name}.source, or its module in handler`,
  });
