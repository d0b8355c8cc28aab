import type { Aws } from '../../aws/aws.ts';
import type { Lease } from '../../release/leases.ts';

type Resource = Lease['resource'];

/** Takes effect at once, in any state of the database: a change of protection alone waits for no maintenance window. */
export async function setProtection(aws: Aws, { type, id, region }: Resource, on: boolean): Promise<void> {
  const { rds } = aws.in(region);
  await (type === 'AWS::RDS::DBCluster' ? rds.protectCluster(id, on) : rds.protectInstance(id, on));
}

/** Undefined when it is gone, or going: then nothing is left to protect. */
export async function protectionOf(aws: Aws, { type, id, region }: Resource): Promise<boolean | undefined> {
  const { rds } = aws.in(region);
  if (type === 'AWS::RDS::DBCluster') {
    const cluster = await rds.cluster(id);
    return cluster && cluster.Status !== 'deleting' ? (cluster.DeletionProtection ?? false) : undefined;
  }
  const instance = await rds.instance(id);
  return instance && instance.DBInstanceStatus !== 'deleting' ? (instance.DeletionProtection ?? false) : undefined;
}
