import type { EffectiveEnvironment, Origin } from '../../config/project.ts';
import type { Problem } from '../../errors/problem.ts';

/** The contract of `config show --json`. */
export interface EffectiveConfigOutcome {
  environment: string;
  project: string;
  kind: string;
  account: string | null;
  region: string;
  tags: Record<string, string>;
  naming: Record<string, string>;
  config: EffectiveEnvironment['blocks'];
  problems: readonly Problem[];
  /** By path, with `--origin`. */
  origins?: Record<string, Origin>;
}

export function effectiveConfig(
  environment: EffectiveEnvironment,
  { origin }: { origin: boolean },
): EffectiveConfigOutcome {
  const { name, project, kind, account, region, tags, naming, blocks, problems } = environment;
  return {
    environment: name,
    project,
    kind,
    account: account ?? null,
    region,
    tags,
    naming,
    config: blocks,
    problems,
    ...(origin ? { origins: Object.fromEntries(originsOf(environment)) } : {}),
  };
}

/** As YAML that could stand in platform.yaml; with `origin` each value is followed by where it comes from. */
export async function configText(environment: EffectiveEnvironment, { origin }: { origin: boolean }): Promise<string> {
  const { Document, isMap, isScalar, isSeq, visit } = await import('yaml');
  const { name, project, kind, account, region, blocks } = environment;
  const document = new Document(
    { project, environment: name, kind, account, region, ...blocks },
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = ` ${name} of ${project}, everything decided`;
  if (origin) {
    const origins = new Map(originsOf(environment));
    visit(document, {
      Pair(_, pair, ancestors) {
        const keys = [...ancestors, pair].flatMap((node) =>
          isPairOf(node) ? [String((node.key as { value: unknown }).value)] : [],
        );
        const from = origins.get(keys.join('.'));
        const { value } = pair;
        const isLeaf = isScalar(value) || ((isMap(value) || isSeq(value)) && value.items.length === 0) || isSeq(value);
        if (from === undefined || !isLeaf) return;
        if (isSeq(value)) value.flow = true;
        (value as { comment?: string }).comment = ` ${originText(from)}`;
      },
    });
  }
  return document.toString({ lineWidth: 0 }).trimEnd();
}

const isPairOf = (node: unknown): node is { key: unknown } =>
  typeof node === 'object' && node !== null && 'key' in node && 'value' in node;

function originsOf({ blocks, origin }: EffectiveEnvironment): [string, Origin][] {
  return leaves(blocks).flatMap((path) => {
    const from = origin(path);
    return from ? [[path, from] as [string, Origin]] : [];
  });
}

/** Lists count as one value, as merging treats them. */
function leaves(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, child]) =>
    child === undefined ? [] : leaves(child, path === '' ? key : `${path}.${key}`),
  );
}

function originText(origin: Origin): string {
  switch (origin.from) {
    case 'file':
      return `line ${origin.line}${origin.environment === undefined ? '' : `, environments.${origin.environment}`}`;
    case 'kind':
      return `default of kind ${origin.kind}`;
    case 'surroundings':
      return 'said by a flag or a variable';
    case 'default':
      return 'default';
  }
}
