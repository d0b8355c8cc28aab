import { modeMismatch } from '../domain/secrets/key-mode.ts';
import { normalValue } from '../domain/secrets/secret-value.ts';
import type { Problem } from '../errors/problem.ts';
import { Secret } from '../secret.ts';
import type { KnownSecret } from './environment-secrets.ts';
import { generatedValue } from './made-up-secret.ts';

/** A variable of an env file. */
export interface EnvValue {
  secret: Secret;
  line: number;
  /** False for `KEY=`, which says that nobody has filled it in. */
  given: boolean;
}

export interface EnvFile {
  /** As a person writes it: `.env.prod`. */
  path: string;
  exists: boolean;
  /** Other users of this machine can read it. */
  openToOthers: boolean;
  values: ReadonlyMap<string, EnvValue>;
}

export interface GivenValues {
  /** What the file says, by key. */
  given: Map<string, Secret>;
  /** Defaults and generated values, for keys that have none yet; made when asked for. */
  fallback: Map<string, () => Secret>;
  /** Keys whose default only a deployment will know. */
  waiting: Set<string>;
  problems: Problem[];
  /** What was put right, and what looks like a mistake. */
  remarks: string[];
}

export interface GivenOptions {
  /** Kind of the environment. */
  kind: string;
  /** A default with its references filled in; undefined where nobody knows yet. */
  fill: (text: string) => string | undefined;
}

/** What an env file has for a secret, checked and in its stored form. Nothing that is said of a value holds any of it. */
export function givenValues({ name, keys }: KnownSecret, file: EnvFile, { kind, fill }: GivenOptions): GivenValues {
  const found: GivenValues = { given: new Map(), fallback: new Map(), waiting: new Set(), problems: [], remarks: [] };
  for (const [key, spec] of Object.entries(keys)) {
    const variable = spec.from ?? key;
    const value = file.values.get(variable);
    const sealed = (text: string) => new Secret(`${name}#${key}`, text);
    if (!value?.given) {
      const text = spec.default === undefined ? undefined : fill(spec.default);
      if (spec.default !== undefined && text === undefined) found.waiting.add(key);
      if (spec.generate) found.fallback.set(key, () => sealed(generatedValue(spec)));
      else if (text !== undefined && text !== '')
        found.fallback.set(key, () => sealed(normalValue(spec.type, text).value));
      continue;
    }
    const place = { file: file.path, line: value.line, path: variable };
    const normal = normalValue(spec.type, value.secret.reveal());
    const because =
      normal.problem ??
      complaint(normal.value, spec.pattern) ??
      (normal.value === '' && spec.required && spec.phase === 'before-deploy' ? 'is empty' : undefined);
    if (because !== undefined) {
      const remedy = spec.hint ? `correct ${variable}: ${spec.hint}` : `correct ${variable} in ${file.path}`;
      found.problems.push({ severity: 'error', ...place, message: `${variable} ${because}`, remedy });
      continue;
    }
    found.given.set(key, sealed(normal.value));
    const where = `${file.path}:${value.line} ${variable}`;
    const mismatch = modeMismatch(normal.value, kind);
    found.remarks.push(
      ...normal.changes.map((change) => `${where}: ${change}`),
      ...normal.doubts.map((doubt) => `${where}: ${doubt}`),
      ...(mismatch ? [`${where} ${mismatch}`] : []),
    );
  }
  return found;
}

const complaint = (value: string, pattern: string | undefined): string | undefined =>
  pattern === undefined || value === '' || new RegExp(pattern).test(value) ? undefined : `does not match ${pattern}`;
