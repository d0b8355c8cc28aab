import type { Blocks } from '../../config/blocks.ts';
import { parseReferences } from '../../config/references.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { OutputsOf } from '../../release/resolve-text.ts';
import { resolveText } from '../../release/resolve-text.ts';
import { textOf } from '../../release/setting-texts.ts';

interface VariableInput {
  blocks: Blocks;
  /** Of the process that builds. */
  around: Readonly<Record<string, string | undefined>>;
  outputsOf: OutputsOf;
  /** Output of a site by its attribute: its own host may be CloudFront's. */
  siteValue: (site: string, attribute: 'url' | 'host') => string | undefined;
}

export interface ReadVariables {
  variables: Record<string, string>;
  /** `${ci.NAME}` of which the process has none. */
  unset: string[];
  /** References to what nothing tells yet. */
  unknown: string[];
}

/**
 * The variables of a site's build. Throws `build-variables-missing` with every name at once, before anything is built
 * (S3-98).
 */
export function siteVariables(
  site: string,
  buildEnv: Readonly<Record<string, string>>,
  input: VariableInput,
): Record<string, string> {
  const { variables, unset, unknown } = readSiteVariables(buildEnv, input);
  if (unset.length > 0 || unknown.length > 0) throw missingVariables(site, unset, unknown);
  return variables;
}

/** `${ci.NAME}` is from the process, `${ci.NAME?}` left out where it is not set, the rest from what is deployed. */
export function readSiteVariables(
  buildEnv: Readonly<Record<string, string>>,
  { blocks, around, outputsOf, siteValue }: VariableInput,
): ReadVariables {
  const variables: Record<string, string> = {};
  const unset = new Set<string>();
  const unknown: string[] = [];
  for (const [name, text] of Object.entries(buildEnv)) {
    let value: string | undefined = '';
    for (const part of parseReferences(text)) {
      const found = 'text' in part ? part.text : partValue(part);
      if (found === undefined) {
        value = undefined;
        break;
      }
      value += found;
    }
    if (value !== undefined) variables[name] = value;
  }
  return { variables, unset: [...unset], unknown };

  function partValue({ reference, source }: Extract<ReturnType<typeof parseReferences>[number], { source: string }>) {
    if (reference.resolved === 'build') {
      // A workflow hands on what it does not have as an empty text.
      const found = around[reference.variable] || undefined;
      if (found === undefined && !reference.optional) unset.add(reference.variable);
      return found;
    }
    if (reference.resolved !== 'deploy') return source;
    const { type, block, attribute } = reference;
    const found =
      type === 'site' ? siteValue(block, attribute as 'url' | 'host') : resolveText(textOf(source, blocks), outputsOf);
    if (found === undefined) unknown.push(source);
    return found;
  }
}

export const missingVariables = (site: string, unset: readonly string[], unknown: readonly string[]) =>
  new PlatformError({
    id: 'build-variables-missing',
    kind: 'usage',
    message: [
      `sites.${site} cannot be built`,
      ...(unset.length > 0 ? [`these variables are not set: ${unset.join(', ')}`] : []),
      ...(unknown.length > 0 ? [`nothing is deployed that tells ${unknown.join(', ')}`] : []),
    ].join('; '),
    remedy:
      unset.length > 0
        ? `set ${unset.join(', ')} where this runs, or write \${ci.NAME?} for what may be absent`
        : 'platform deploy brings it up; then run the same command again',
  });
