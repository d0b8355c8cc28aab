import { randomUUID } from 'node:crypto';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { clusters, instances } from '../../rds/state.ts';
import { findLiveSecret } from '../find-secret.ts';
import { putSecretValue } from '../operations/put-secret-value.ts';
import { invalidRequest } from '../refusals.ts';
import { CURRENT, type SecretRow, secrets } from '../state.ts';

type Call = ResourceContext['call'];

/** Adds what a client needs to connect to the JSON of the secret: user guide, "JSON structure of secrets". */
function attach(properties: Properties, call: Call): string {
  const row = findLiveSecret(properties.SecretId, call);
  putSecretValue(
    {
      SecretId: row.arn,
      ClientRequestToken: randomUUID(),
      SecretString: JSON.stringify({ ...currentOf(row), ...connection(properties, call) }),
    },
    call,
  );
  return row.arn;
}

const CONNECTION = ['dbClusterIdentifier', 'dbInstanceIdentifier', 'engine', 'host', 'port', 'dbname'];

/**
 * "When you remove a SecretTargetAttachment from a stack, Secrets Manager removes the database connection information
 * from the secret": https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secrettargetattachment.html
 */
function detach(arn: string, call: Call): void {
  const row = secrets.in(call).get(arn);
  if (!row || row.deletion) return;
  const rest = Object.fromEntries(Object.entries(currentOf(row)).filter(([key]) => !CONNECTION.includes(key)));
  putSecretValue({ SecretId: arn, ClientRequestToken: randomUUID(), SecretString: JSON.stringify(rest) }, call);
}

const currentOf = ({ versions }: SecretRow): Record<string, unknown> =>
  parsed(versions.find(({ stages }) => stages.includes(CURRENT))?.string ?? '{}');

function parsed(value: string): Record<string, unknown> {
  try {
    return JSON.parse(value);
  } catch {
    throw invalidRequest('The secret value is not a JSON object, so a target cannot be attached to it.');
  }
}

function connection({ TargetId, TargetType }: Properties, call: Call): Record<string, unknown> {
  const nameOf = (id: string) => id.split(':').at(-1)!.toLowerCase();
  if (TargetType === 'AWS::RDS::DBCluster') {
    const row = clusters.in(call).get(nameOf(TargetId));
    if (!row) throw invalidRequest(`DBCluster ${TargetId} not found.`);
    return {
      dbClusterIdentifier: row.id,
      engine: row.engine === 'aurora-mysql' ? 'mysql' : 'postgres',
      host: row.endpoint,
      port: row.port,
      ...(row.databaseName !== undefined && { dbname: row.databaseName }),
    };
  }
  if (TargetType === 'AWS::RDS::DBInstance') {
    const row = instances.in(call).get(nameOf(TargetId));
    if (!row) throw invalidRequest(`DBInstance ${TargetId} not found.`);
    return {
      dbInstanceIdentifier: row.id,
      engine: row.engine.replace(/^aurora-mysql$/, 'mysql').replace(/^aurora-postgresql$/, 'postgres'),
      host: row.endpoint,
      port: row.port,
      ...(row.databaseName !== undefined && { dbname: row.databaseName }),
    };
  }
  throw invalidRequest(`The sandbox does not simulate targets of type ${TargetType}.`);
}

export const secretTargetAttachment: ResourceProvider = {
  create(properties, { call }) {
    return { status: 'done', physicalId: attach(properties, call) };
  },
  update({ after, physicalId }, { call }) {
    attach(after, call);
    return { status: 'done', physicalId };
  },
  delete(_properties, physicalId, { call }) {
    detach(physicalId, call);
    return { status: 'done', physicalId };
  },
  /** There as long as the secret says where to connect. */
  read(physicalId, properties, { call }) {
    const row = secrets.in(call).get(physicalId);
    return row && !row.deletion && 'host' in currentOf(row) ? { ...properties, Id: physicalId } : undefined;
  },
};
