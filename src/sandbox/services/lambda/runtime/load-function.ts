import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Handler = (event: unknown, context: unknown, callback: unknown) => unknown;

/** A refusal of the runtime itself, under a name that Lambda gives it. */
export class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** `dist/index.handler`: the file `dist/index` with one of three endings, and what it exports under `handler`. */
export async function loadFunction(root: string, handler: string): Promise<Handler> {
  const [, stem, exported] = /^([^.]*)\.(.+)$/.exec(basename(handler)) ?? [];
  if (!stem || !exported) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const base = join(root, dirname(handler), stem);
  const file = ['.js', '.mjs', '.cjs'].map((ending) => base + ending).find((path) => existsSync(path));
  if (!file)
    throw new RuntimeError(
      'Runtime.ImportModuleError',
      `Error: Cannot find module '${stem}'\nRequire stack:\n- /var/runtime/index.mjs`,
    );
  const module = await importModule(file);
  const found = exported.split('.').reduce<unknown>((value, name) => memberOf(value, name), module);
  if (found === undefined) throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  return found as Handler;
}

/** A CommonJS module shows what it exports as its default. */
const memberOf = (value: unknown, name: string): unknown => {
  const object = value as Record<string, unknown> | undefined;
  return object?.[name] ?? (object?.default as Record<string, unknown> | undefined)?.[name];
};

async function importModule(file: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    const { code = '', message = '' } = error as { code?: string; message?: string };
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND')
      throw new RuntimeError('Runtime.ImportModuleError', `Error: ${message}`);
    if (error instanceof SyntaxError) throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${message}`);
    throw error;
  }
}
