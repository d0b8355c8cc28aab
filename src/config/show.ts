import { Document, isMap, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import type { EffectiveEnvironment, Origin } from './project.ts';
import { pathText, type ValuePath } from './value-path.ts';

/** What `platform config show` prints: the effective environment as data. It holds no secret, because the file cannot. */
export function effectiveView({
  name,
  project,
  kind,
  account,
  region,
  profile,
  endpoint,
  emulator,
  tags,
  naming,
  blocks,
}: EffectiveEnvironment) {
  return { project, environment: name, kind, account, region, profile, endpoint, emulator, tags, naming, ...blocks };
}

/** The same as YAML; with `origin`, a comment behind each value says where it comes from. */
export function effectiveYaml(environment: EffectiveEnvironment, { origin = false } = {}): string {
  const document = new Document(withoutUndefined(effectiveView(environment)), { aliasDuplicateObjects: false });
  if (origin) annotate(document.contents, [], environment);
  return document.toString({ lineWidth: 0 });
}

function annotate(node: unknown, path: ValuePath, environment: EffectiveEnvironment): void {
  if (isMap(node)) {
    for (const pair of (node as YAMLMap<Scalar<string>, Node | null>).items) {
      const inner = [...path, pair.key.value];
      if (isMap(pair.value) && pair.value.items.length > 0) annotate(pair.value, inner, environment);
      /* A comment behind an empty list would tear it from its key; in front of a long one it stands at the key. */
      const filled = !(isMap(pair.value) || isSeq(pair.value)) || pair.value.items.length > 0;
      if (!isMap(pair.value) && filled)
        (isSeq(pair.value) ? pair.key : (pair.value ?? pair.key)).comment = originText(
          environment.origin(pathText(inner)),
        );
    }
  }
}

/** ` platform.yaml:12`, ` environment prod, platform.yaml:40`, ` default of kind prod`, ` default`. */
export function originText(origin: Origin | undefined): string | undefined {
  switch (origin?.from) {
    case undefined:
      return undefined;
    case 'surroundings':
      return ' --region or AWS_REGION';
    case 'default':
      return ' default';
    case 'kind':
      return ` default of kind ${origin.kind}`;
    case 'file':
      return ` ${origin.environment === undefined ? '' : `environment ${origin.environment}, `}platform.yaml:${origin.line}`;
  }
}

const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
