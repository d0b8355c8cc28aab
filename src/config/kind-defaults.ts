import type { Kind } from './kinds.ts';

/** Which fields have their default from the environment's kind; `*` stands for every block of that name. */
type Table = {
  'network.nat': 'none' | 'instance' | { gateways: number };
  'databases.*.backupDays': number;
  'databases.*.protect': boolean;
  'databases.*.onDelete': 'destroy' | 'snapshot' | 'retain';
  'buckets.*.onDelete': 'destroy' | 'retain';
  'services.*.scaling.min': number;
  'services.*.exec': boolean;
  'observability.alarms': boolean;
  'observability.logRetentionDays': number;
  'observability.collector.share': number;
};

/** What may be thrown away: no protection, nothing kept, nobody woken. */
const trial: Table = {
  'network.nat': { gateways: 1 },
  'databases.*.backupDays': 7,
  'databases.*.protect': false,
  'databases.*.onDelete': 'destroy',
  'buckets.*.onDelete': 'destroy',
  'services.*.scaling.min': 1,
  'services.*.exec': true,
  'observability.alarms': false,
  'observability.logRetentionDays': 7,
  'observability.collector.share': 1,
};

export const KIND_DEFAULTS: Readonly<Record<Kind, Readonly<Table>>> = {
  sandbox: trial,
  local: trial,
  dev: trial,
  staging: {
    'network.nat': { gateways: 1 },
    'databases.*.backupDays': 7,
    'databases.*.protect': true,
    'databases.*.onDelete': 'snapshot',
    'buckets.*.onDelete': 'retain',
    'services.*.scaling.min': 1,
    'services.*.exec': true,
    'observability.alarms': false,
    'observability.logRetentionDays': 30,
    'observability.collector.share': 1,
  },
  prod: {
    'network.nat': { gateways: 2 },
    'databases.*.backupDays': 14,
    'databases.*.protect': true,
    'databases.*.onDelete': 'snapshot',
    'buckets.*.onDelete': 'retain',
    'services.*.scaling.min': 2,
    'services.*.exec': false,
    'observability.alarms': true,
    'observability.logRetentionDays': 30,
    // One in twenty, as X-Ray's own rule has it: the load of production is paid by the trace.
    'observability.collector.share': 0.05,
  },
};

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy of the merged blocks in which the kind has answered where nobody else did. */
export function withKindDefaults(blocks: Plain, kind: Kind): Plain {
  let filled = blocks;
  for (const [pattern, value] of Object.entries(KIND_DEFAULTS[kind])) filled = fill(filled, pattern.split('.'), value);
  return filled;
}

/** Leaves what is not a map alone: the schema will say what is wrong with it. */
function fill(target: Plain, [key, ...rest]: string[], value: unknown): Plain {
  if (key === undefined) return target;
  if (key === '*')
    return Object.fromEntries(
      Object.entries(target).map(([name, block]) => [name, isPlain(block) ? fill(block, rest, value) : block]),
    );
  const present = Object.hasOwn(target, key) ? target[key] : undefined;
  if (rest.length === 0) return present === undefined ? { ...target, [key]: value } : target;
  if (present === undefined && rest[0] === '*') return target;
  if (present !== undefined && !isPlain(present)) return target;
  return { ...target, [key]: fill(present ?? {}, rest, value) };
}
