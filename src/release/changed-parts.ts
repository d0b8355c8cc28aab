/** Of one property: what is told, before the rest is counted. */
const SHOWN = 3;
const LONGEST = 60;
const KEPT_AROUND = 12;

/**
 * What differs between two values of a property, as `Name: before → after`. Long values are cut in the middle; where both
 * look alike then, only the parts that differ are told: `ContainerDefinitions[web].Environment[LEVEL].Value: info → debug`.
 */
export function changeOf(name: string, before: unknown, after: unknown): string {
  const whole = told(name, before, after);
  if (whole !== undefined) return whole;
  const parts = differing(name, before, after).map((part) => told(part.path, part.before, part.after) ?? around(part));
  if (parts.length === 0) return `${name}: the same in another order`;
  const rest = parts.length - SHOWN;
  return [...parts.slice(0, SHOWN), ...(rest > 0 ? [`and ${rest} more of ${name}`] : [])].join('; ');
}

/** Undefined where one could not see a difference. */
function told(name: string, before: unknown, after: unknown): string | undefined {
  const [old, new_] = [short(before), short(after)];
  return old === new_ ? undefined : `${name}: ${old} → ${new_}`;
}

/** One value in at most sixty characters. */
export function short(value: unknown): string {
  if (isUnknown(value)) return 'known after apply';
  const text = shown(value);
  return text.length > LONGEST ? `${text.slice(0, 28)}…${text.slice(-28)}` : text;
}

const shown = (value: unknown): string =>
  value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);

const isUnknown = (value: unknown): boolean => isObject(value) && 'Known after apply' in value;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Part {
  path: string;
  before: unknown;
  after: unknown;
}

function differing(path: string, before: unknown, after: unknown): Part[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    const [old, new_] = [byName(before), byName(after)];
    return namesOf(old, new_).flatMap((name) => differing(`${path}[${name}]`, old.get(name), new_.get(name)));
  }
  if (isObject(before) && isObject(after) && !isUnknown(before) && !isUnknown(after)) {
    const [old, new_] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
    return namesOf(old, new_).flatMap((name) => differing(`${path}.${name}`, old.get(name), new_.get(name)));
  }
  return [{ path, before, after }];
}

const namesOf = (old: Map<string, unknown>, new_: Map<string, unknown>) => [
  ...new Set([...old.keys(), ...new_.keys()]),
];

/** Entries that have a name of their own (containers, variables, tags) are known by it, others by their place. */
function byName(list: readonly unknown[]): Map<string, unknown> {
  const names = list.map((entry) => (isObject(entry) ? (entry.Name ?? entry.Key) : undefined));
  const isNamed = names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
  return new Map(list.map((entry, index) => [isNamed ? String(names[index]) : String(index), entry]));
}

/** Two long texts from a little before their first difference on; what only differs in its type is told as JSON. */
function around({ path, before, after }: Part): string {
  const isSame = shown(before) === shown(after);
  const [old = 'none', new_ = 'none'] = [before, after].map((value) => (isSame ? JSON.stringify(value) : shown(value)));
  let from = 0;
  while (from < Math.min(old.length, new_.length) && old[from] === new_[from]) from++;
  const cut = (text: string) => {
    const begin = Math.max(0, from - KEPT_AROUND);
    const end = begin + LONGEST - 2;
    return `${begin > 0 ? '…' : ''}${text.slice(begin, end)}${text.length > end ? '…' : ''}`;
  };
  return `${path}: ${cut(old)} → ${cut(new_)}`;
}
