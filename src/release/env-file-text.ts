import type { SecretKey } from '../config/blocks/secret.ts';
import { dotenvLine } from '../domain/secrets/dotenv-line.ts';
import { normalValue } from '../domain/secrets/secret-value.ts';
import type { KnownSecret } from './environment-secrets.ts';
import { generatedValue } from './made-up-secret.ts';

export interface EnvFileInput {
  environment: string;
  secrets: readonly KnownSecret[];
  /** What the file is now; undefined when there is none. */
  before: string | undefined;
  /** Variables that stand in it. */
  present: ReadonlySet<string>;
  /** A default with its references filled in; undefined where only a deployment knows. */
  fill: (text: string) => string | undefined;
}

export interface EnvFileText {
  text: string;
  /** Variables that were added. */
  added: Set<string>;
  /** Those of them that a person has to fill in. */
  blank: Set<string>;
}

/** The env file with the declared variables that it lacks at its end. What is there is left as it is, byte by byte. */
export function envFileText({ environment, secrets, before, present, fill }: EnvFileInput): EnvFileText {
  const added = new Set<string>();
  const blank = new Set<string>();
  const lines: string[] = [];
  for (const { name, keys } of secrets) {
    for (const [key, spec] of Object.entries(keys)) {
      const variable = spec.from ?? key;
      if (present.has(variable) || added.has(variable)) continue;
      const value = initialValue(spec, fill);
      added.add(variable);
      if (value === '') blank.add(variable);
      // An empty value without quotes says that nobody has filled it in: the default of a push goes in its place.
      lines.push('', ...comments(name, spec), value === '' ? `${variable}=` : dotenvLine(variable, value));
    }
  }
  if (lines.length === 0) return { text: before ?? '', added, blank };
  const head =
    before === undefined
      ? [
          `# Secrets of ${environment}. Never commit this file; platform secrets push --env ${environment} brings them to AWS.`,
        ]
      : [];
  const eol = before?.includes('\r\n') ? '\r\n' : '\n';
  const start = before === undefined || before === '' || before.endsWith('\n') ? (before ?? '') : `${before}${eol}`;
  return { text: start + [...head, ...lines, ''].join('\n').replaceAll('\n', eol), added, blank };
}

function initialValue(spec: SecretKey, fill: EnvFileInput['fill']): string {
  if (spec.generate) return generatedValue(spec);
  const text = spec.default === undefined ? undefined : fill(spec.default);
  return text === undefined ? '' : normalValue(spec.type, text).value;
}

const TYPES: Readonly<Record<SecretKey['type'], string | undefined>> = {
  text: undefined,
  pem: 'a PEM block in double quotes, or file:<path>',
  list: 'a comma-separated list',
  url: 'a URL with its scheme',
};

function comments(secret: string, { hint, type, pattern, required, phase, default: text }: SecretKey): string[] {
  const filledLater = text?.includes('${');
  const facts = [
    ...(hint ? [hint.trim()] : []),
    ...(TYPES[type] ? [TYPES[type]] : []),
    ...(pattern ? [`matches ${pattern}`] : []),
    ...(phase === 'after-deploy' ? ['known once the application is up; leave it empty until then'] : []),
    ...(required ? [] : ['optional']),
    ...(filledLater ? [`when empty, ${text} as platform secrets push finds it`] : []),
  ];
  // A comment is one line, whatever was configured.
  return [`# ${secret}${facts.length > 0 ? `: ${facts.join('; ')}` : ''}`.replace(/\s+/g, ' ')];
}
