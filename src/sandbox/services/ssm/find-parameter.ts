import { createHash } from 'node:crypto';
import type { Parameter } from '@aws-sdk/client-ssm';
import type { Call } from '../../kernel/scope.ts';
import { usableKey } from '../kms/find-key.ts';
import { parameterNotFound, versionNotFound } from './faults.ts';
import { type ParameterRow, type ParameterVersion, parameterArn, parameters } from './state.ts';

export interface FoundParameter {
  row: Pick<ParameterRow, 'name' | 'arn'>;
  version: ParameterVersion;
  /** `:3` or `:label`, as it was asked. */
  selector?: string;
}

/** A parameter by name or ARN, with `:version` or `:label` behind. */
export function findParameter(reference: string, call: Call): FoundParameter {
  const { name, selector } = split(reference, call);
  const row = parameters.in(call).get(name) ?? publicParameter(name, call);
  if (!row) throw parameterNotFound();
  if (selector === undefined) return { row, version: row.versions.at(-1)! };
  const version = row.versions.find(({ version: number, labels }) =>
    /^\d+$/.test(selector) ? number === Number(selector) : labels.includes(selector),
  );
  if (!version) throw versionNotFound(name, selector);
  return { row, version, selector: `:${selector}` };
}

/** The ARN of a name that is no path has a slash that is not part of the name. */
function split(reference: string, call: Call): { name: string; selector?: string } {
  const [, ofArn] = /^arn:aws:ssm:[^:]*:[^:]*:parameter(\/.+)$/.exec(reference) ?? [];
  const [local = '', selector] = (ofArn ?? reference).split(':');
  const name = ofArn !== undefined && !parameters.in(call).has(local) ? local.slice(1) : local;
  const known = ofArn === undefined || parameters.in(call).has(name) ? name : local;
  return { name: known, ...(selector === undefined ? {} : { selector }) };
}

/** AMIs that AWS publishes; the ids are made up, the same each time. */
const PUBLISHED = /^\/aws\/service\/(?:ami-amazon-linux-latest|ecs\/optimized-ami)\/.+/;

function publicParameter(name: string, call: Call): ParameterRow | undefined {
  if (!PUBLISHED.test(name)) return undefined;
  const value = `ami-${createHash('sha256').update(`${call.region}${name}`).digest('hex').slice(0, 17)}`;
  return {
    name,
    arn: `arn:aws:ssm:${call.region}::parameter${name}`,
    versions: [
      {
        version: 1,
        type: 'String',
        value,
        dataType: name.endsWith('/recommended') ? 'text' : 'aws:ec2:image',
        tier: 'Standard',
        labels: [],
        modifiedAt: 0,
        modifiedBy: 'AWS',
      },
    ],
    tags: [],
  };
}

export function parameterAnswer(
  { row, version, selector }: FoundParameter,
  decrypt: boolean | undefined,
  call: Call,
): Parameter {
  return {
    Name: row.name,
    Type: version.type,
    Value: version.type === 'SecureString' ? secureValue(version, decrypt, call) : version.value,
    Version: version.version,
    ...(selector === undefined ? {} : { Selector: selector }),
    LastModifiedDate: new Date(version.modifiedAt),
    ARN: row.arn || parameterArn(call, row.name),
    DataType: version.dataType,
  };
}

/** Decrypting needs the key to work; the cipher text is only to look at. */
function secureValue({ value, keyId }: ParameterVersion, decrypt: boolean | undefined, call: Call): string {
  if (!decrypt) return `AQICAH${createHash('sha512').update(`${call.account}${value}`).digest('base64')}`;
  usableKey(call, keyId);
  return value;
}
