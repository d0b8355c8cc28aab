import { parsedJson } from './parsed-json.ts';

/** What a linter of others says of a template. */
export interface LinterFinding {
  /** As it was given: the file. */
  file: string;
  rule: string;
  severity: 'error' | 'warning';
  /** Absent where no resource is meant. */
  logicalId?: string;
  /** `Properties.VisibilityTimeout` */
  property?: string;
  message: string;
  fix?: string;
  documentation?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: documents of other programs, looked at with care
type Json = any;

/**
 * The answer of `cfn-lint --format json`; undefined when it is none.
 * https://github.com/aws-cloudformation/cfn-lint: Level is Error, Warning or Informational.
 */
export function cfnLintFindings(output: string): LinterFinding[] | undefined {
  const document = parsedJson(output);
  if (!Array.isArray(document)) return undefined;
  return document.flatMap(({ Filename, Level, Location, Message, Rule }: Json): LinterFinding[] => {
    if (Level !== 'Error' && Level !== 'Warning') return [];
    const path: string[] = Array.isArray(Location?.Path) ? Location.Path.map(String) : [];
    const [part, logicalId, ...rest] = path;
    return [
      {
        file: String(Filename),
        rule: String(Rule?.Id),
        severity: Level === 'Error' ? 'error' : 'warning',
        message: String(Message),
        ...(part === 'Resources' && logicalId ? { logicalId } : {}),
        ...(part === 'Resources' && rest.length > 0 ? { property: rest.join('.') } : {}),
        ...(typeof Rule?.Source === 'string' ? { documentation: Rule.Source } : {}),
      },
    ];
  });
}

/**
 * The answer of `cfn-guard validate --structured --output-format json`; undefined when it is none. Every broken rule is
 * told once for each resource that it names. https://docs.aws.amazon.com/cfn-guard/latest/ug/validating-rules.html
 */
export function guardFindings(output: string): LinterFinding[] | undefined {
  const document = parsedJson(output);
  if (!Array.isArray(document)) return undefined;
  return document.flatMap(({ name, not_compliant }: Json): LinterFinding[] =>
    (Array.isArray(not_compliant) ? not_compliant : []).flatMap(({ Rule }: Json) => {
      const places = new Map(pathsIn(Rule).map((path) => [logicalIdOf(path) ?? '', path]));
      const { message, fix } = saidBy(Rule);
      return [...(places.size === 0 ? new Map([['', '']]) : places)].map(
        ([logicalId, path]): LinterFinding => ({
          file: String(name),
          rule: `guard:${Rule?.name}`,
          severity: 'error',
          message,
          ...(logicalId ? { logicalId, property: path.split('/').slice(3).join('.') } : {}),
          ...(fix ? { fix } : {}),
        }),
      );
    }),
  );
}

const logicalIdOf = (path: string): string | undefined => /^\/Resources\/([^/]+)/.exec(path)?.[1];

/** Checks are nested as deeply as the rule is; wherever a value was looked at, its path stands. */
function pathsIn(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'path' && typeof inner === 'string' && inner.startsWith('/Resources/') ? [inner] : pathsIn(inner),
  );
}

/** The author's own words where the rule has some: `Violation: …` and `Fix: …`, as AWS's rules are written. */
function saidBy(rule: Json): { message: string; fix?: string } {
  const custom = textsAt(rule, 'custom_message')
    .map((text) => text.trim())
    .find((text) => text !== '');
  if (custom === undefined) {
    const [error = 'It is not compliant'] = textsAt(rule, 'error_message').map((text) => text.trim());
    return { message: oneLine(error.replaceAll(/\[L:\d+,C:\d+\]/g, '')) };
  }
  const [, violation = custom] = /Violation:\s*([\s\S]*?)\s*(?:Fix:|$)/.exec(custom) ?? [];
  const [, fix] = /Fix:\s*([\s\S]*)$/.exec(custom) ?? [];
  return { message: oneLine(violation), ...(fix ? { fix: oneLine(fix) } : {}) };
}

function textsAt(value: Json, name: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === name && typeof inner === 'string' ? [inner] : textsAt(inner, name),
  );
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
