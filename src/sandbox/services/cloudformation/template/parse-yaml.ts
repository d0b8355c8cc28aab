import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type Scalar } from 'yaml';
import { formatError } from '../faults.ts';

/** Short forms that are not `Fn::<name>`. */
const BARE = new Set(['Ref', 'Condition']);

/** YAML with CloudFormation's short forms, as the same plain data that the JSON form would give. */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { schema: 'core', version: '1.1', uniqueKeys: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) {
    const at = error.linePos?.[0];
    throw formatError(`YAML not well-formed.${at ? ` (line ${at.line}, column ${at.col})` : ''}`);
  }
  return plain(document.contents);
}

function plain(node: Node | null): unknown {
  if (node === null) return null;
  if (isAlias(node)) throw formatError('YAML aliases are not allowed in CloudFormation templates');
  const value = isMap(node)
    ? mapOf(node.items)
    : isSeq(node)
      ? node.items.map((item) => plain(item as Node))
      : scalarOf(node);
  return node.tag?.startsWith('!') ? longForm(node.tag.slice(1), value) : value;
}

function mapOf(pairs: readonly Pair[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map(({ key, value }) => [isScalar(key) ? keyOf(key) : String(key), plain(value as Node | null)]),
  );
}

/** A key is what was written: `012`, `yes` and `1.0` stay themselves. */
const keyOf = ({ source, value }: Scalar): string => source ?? String(value);

/** Numbers with a leading zero are account ids and the like: read as numbers they would lose it. */
function scalarOf(node: Node): unknown {
  if (!isScalar(node)) return null;
  const { source, value } = node as Scalar;
  return typeof value === 'number' && source && /^0\d/.test(source) ? source : value;
}

/** `!GetAtt Name.Attribute.With.Dots`: the first dot parts the resource from its attribute. */
function longForm(name: string, value: unknown): unknown {
  const key = BARE.has(name) ? name : `Fn::${name}`;
  if (key !== 'Fn::GetAtt' || typeof value !== 'string') return { [key]: value };
  const dot = value.indexOf('.');
  return { [key]: dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)] };
}
