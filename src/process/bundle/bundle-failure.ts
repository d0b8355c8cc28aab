import type { BuildFailure, Message } from 'esbuild';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import type { FunctionSource } from './bundle-functions.ts';

/** What esbuild could not bundle, each with its place in the sources; what is no answer of esbuild's is passed on. */
export function bundleFailure({ name, written }: FunctionSource, error: unknown): unknown {
  if (!isBuildFailure(error)) return error;
  return new PlatformError({
    id: 'function-bundle',
    kind: 'failed',
    message: `functions.${name}: ${written} cannot be bundled`,
    remedy: 'correct the sources, or install what they import, and run the same command again',
    problems: error.errors.map((message) => problemOf(name, message)),
    cause: error,
  });
}

const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors);

function problemOf(name: string, { text, location, notes }: Message): Problem {
  const missing = /^Could not resolve "([^"]+)"/.exec(text)?.[1];
  const isPackage = missing !== undefined && !/^[./]/.test(missing);
  return {
    severity: 'error',
    path: `functions.${name}`,
    ...(location ? { file: location.file, line: location.line, column: location.column + 1 } : {}),
    message: location?.lineText ? `${text}: ${location.lineText.trim().slice(0, 200)}` : text,
    remedy: isPackage
      ? `npm install ${missing
          .split('/')
          .slice(0, missing.startsWith('@') ? 2 : 1)
          .join('/')}`
      : (notes[0]?.text ?? 'correct it there'),
  };
}
