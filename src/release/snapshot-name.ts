/**
 * `<database>-20261129-184500`: a name of its own for each, in UTC. RDS allows 255 letters, digits and single hyphens:
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBClusterSnapshot.html
 */
export function snapshotName(database: string, at: number, number = 1): string {
  const time = new Date(at).toISOString().replaceAll(/[-:]/g, '').slice(0, 15).replace('T', '-');
  return `${database}-${time}${number > 1 ? `-${number}` : ''}`;
}
