import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { secretReferencesOf } from '../../domain/secrets/secret-references.ts';
import type { Cause, Evidence } from '../cause.ts';
import type { SecretSeen } from '../collect/secret-contents.ts';
import { seen } from '../look.ts';
import { evidenceOf } from '../shown-evidence.ts';
import { certain, type Patient, possible, secretBlock, type TaskEnd } from './patient.ts';
import type { PullComplaint } from './pull-complaint.ts';

type SecretComplaint = Extract<
  PullComplaint,
  { kind: 'key-missing' | 'not-json' | 'secret-absent' | 'secret-in-deletion' }
>;

/** Those of a definition's secrets that a complaint can be about: at most so many are looked at. */
export function secretsConcerned(complaint: PullComplaint, definition: TaskDefinition | undefined): string[] {
  const references = secretReferencesOf(definition);
  const named = 'arn' in complaint ? complaint.arn : undefined;
  if (named !== undefined) {
    // AWS's text may show less of the ARN than the definition does.
    const arn = references.find((one) => one.arn === named || one.arn.startsWith(`${named}-`))?.arn ?? named;
    return [arn];
  }
  const wanted =
    complaint.kind === 'key-missing'
      ? references.filter(({ key }) => key === complaint.key)
      : complaint.kind === 'not-json'
        ? references.filter(({ key }) => key !== undefined)
        : references;
  return [...new Set(wanted.map(({ arn }) => arn))].slice(0, 4);
}

/** Which secret it is, and what is wrong with it: F-44, F-47, F-90, F-91. */
export function judgeSecrets(
  patient: Patient,
  { end, complaint, secrets }: { end: TaskEnd; complaint: SecretComplaint; secrets: readonly SecretSeen[] },
): Cause[] {
  const said = end.said;
  switch (complaint.kind) {
    case 'key-missing':
      return keyMissing(patient, { said, key: complaint.key, secrets });
    case 'not-json':
      return notJson(patient, { said, secrets });
    default:
      return [unreadable(patient, { said, complaint, secrets })];
  }
}

function keyMissing(
  patient: Patient,
  { said, key, secrets }: { said: Evidence; key: string; secrets: readonly SecretSeen[] },
): Cause[] {
  const without = secrets.flatMap((one) => {
    const shape = seen(one.shape);
    return shape?.kind === 'object' && !shape.keys.includes(key) ? [{ ...one, keys: shape.keys }] : [];
  });
  const push = `platform secrets push ${patient.flags}, then ${patient.again}`;
  if (without.length > 0)
    return without.map(({ name, keys }) =>
      certain(patient, { id: 'F-44', what: `secret ${name} has no key ${key}`, remedy: push, recurs: 'always' }, [
        said,
        keysRead(keys),
      ]),
    );
  const where = secrets.map(({ name }) => name).join(', ') || 'a secret of it';
  // Somebody has pushed the key since: the next task finds it.
  const mended = secrets.length > 0 && secrets.every(({ shape }) => seen(shape)?.kind === 'object');
  return [
    certain(
      patient,
      mended
        ? {
            id: 'F-44',
            what: `secret ${where} had no key ${key} when the task started, and has it now`,
            remedy: patient.again,
            recurs: 'maybe',
          }
        : { id: 'F-44', what: `secret ${where} has no key ${key}`, remedy: push, recurs: 'always' },
      [said, ...(mended ? secrets.map(({ shape }) => keysRead(keysOf(shape))) : [])],
    ),
  ];
}

function notJson(patient: Patient, { said, secrets }: { said: Evidence; secrets: readonly SecretSeen[] }): Cause[] {
  const remedy = `platform secrets push ${patient.flags} writes it as JSON; or refer to the whole secret, without a key; then ${patient.again}`;
  const found = secrets.flatMap(({ name, shape }) => {
    const value = seen(shape);
    return value && value.kind !== 'object' ? [{ name, kind: value.kind }] : [];
  });
  if (found.length === 0) {
    const where = secrets.map(({ name }) => name).join(', ') || 'a secret of it';
    const what = `the value of secret ${where} is no JSON object, of which ECS could take a key`;
    return [certain(patient, { id: 'F-47', what, remedy, recurs: 'maybe' }, [said])];
  }
  return found.map(({ name, kind }) =>
    certain(
      patient,
      {
        id: 'F-47',
        what: `the value of secret ${name} is ${KINDS[kind]}, of which ECS can take no key`,
        remedy,
        recurs: 'always',
      },
      [said, evidenceOf('secretsmanager:GetSecretValue', 'kind of SecretString', KINDS[kind])],
    ),
  );
}

const KINDS = { binary: 'binary', empty: 'empty', 'other-json': 'JSON and no object', text: 'plain text' } as const;

function unreadable(
  patient: Patient,
  { said, complaint, secrets }: { said: Evidence; complaint: SecretComplaint; secrets: readonly SecretSeen[] },
): Cause {
  const { flags } = patient;
  const deleted = secrets.find(({ described }) => seen(described)?.deletedAt);
  if (deleted || complaint.kind === 'secret-in-deletion') {
    const one = deleted ?? secrets[0];
    const at = one && seen(one.described)?.deletedAt;
    const block = one && secretBlock(patient, one.name);
    const restore = block
      ? `platform secrets restore ${block} ${flags}`
      : `aws secretsmanager restore-secret --secret-id ${one?.name ?? '<secret>'}`;
    const until = at ? `: Secrets Manager removes it after its recovery window, ${at.toISOString().slice(0, 10)}` : '';
    return certain(
      patient,
      {
        id: 'F-91',
        what: `secret ${one?.name ?? 'of it'} is scheduled for deletion, and ECS cannot read it${until}`,
        remedy: `${restore} takes it back with its value; then ${patient.again}`,
        recurs: 'always',
      },
      [said, ...(at ? [evidenceOf('secretsmanager:DescribeSecret', 'DeletedDate', at.toISOString())] : [])],
    );
  }
  const absent = secrets.find(({ described }) => described.state === 'absent');
  const empty = secrets.find(({ described, shape }) => seen(described) && shape.state === 'absent');
  const remedy = `platform secrets push ${flags}, then ${patient.again}`;
  if (absent)
    return certain(patient, { id: 'F-90', what: `there is no secret ${absent.name}`, remedy, recurs: 'always' }, [
      said,
      evidenceOf('secretsmanager:DescribeSecret', 'ARN', undefined),
    ]);
  if (empty) {
    const what = `secret ${empty.name} was made and has no value yet`;
    return certain(patient, { id: 'F-90', what, remedy, recurs: 'always' }, [
      said,
      evidenceOf('secretsmanager:GetSecretValue', 'SecretString', undefined),
    ]);
  }
  const there = secrets.every(({ shape }) => seen(shape)) && secrets.length > 0;
  const which = secrets.map(({ name }) => name).join(', ') || 'of it';
  return certain(
    patient,
    there
      ? {
          id: 'F-90',
          what: `secret ${which} was not there when the task started, and is now`,
          remedy: patient.again,
          recurs: 'maybe',
        }
      : { id: 'F-90', what: `Secrets Manager does not find secret ${which}`, remedy, recurs: 'always' },
    [said],
  );
}

/**
 * The prefix without a known rest: whatever of the secrets would by itself stop a task. It explains what is seen, and
 * so may something else.
 */
export function suspectSecrets(
  patient: Patient,
  {
    end,
    definition,
    secrets,
  }: { end: TaskEnd; definition: TaskDefinition | undefined; secrets: readonly SecretSeen[] },
): Cause[] {
  return secrets.flatMap((one) => {
    const described = seen(one.described);
    const keys = keysOf(one.shape);
    const missing = secretReferencesOf(definition).find(
      ({ arn, key }) => arn === one.arn && key !== undefined && keys && !keys.includes(key),
    );
    const complaint: SecretComplaint | undefined = described?.deletedAt
      ? { kind: 'secret-in-deletion', arn: one.arn }
      : one.described.state === 'absent' || (described && one.shape.state === 'absent')
        ? { kind: 'secret-absent', arn: one.arn }
        : missing?.key
          ? { kind: 'key-missing', key: missing.key }
          : undefined;
    if (!complaint) return [];
    return judgeSecrets(patient, { end, complaint, secrets: [one] }).map(({ subject: _, ...cause }) =>
      possible(patient, cause, cause.evidence),
    );
  });
}

const keysOf = (shape: SecretSeen['shape']): string[] | undefined => {
  const value = seen(shape);
  return value?.kind === 'object' ? value.keys : undefined;
};

const keysRead = (keys: readonly string[] | undefined): Evidence =>
  evidenceOf('secretsmanager:GetSecretValue', 'keys', keys ?? []);
