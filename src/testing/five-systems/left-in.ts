import type { RunningSandbox } from '../start-sandbox.ts';

/**
 * What an AWS keeps of what was: histories, tombstones and sessions, which belong to nobody and cost nothing; and parts,
 * which go with what they are parts of.
 */
const HISTORY =
  /^(kernel\.|sts\.|cloudformation\.(?!stacks$)|s3\.(?!buckets$)|ecr\.(?!repositories$)|logs\.(?!groups$)|sqs\.(?!queues$)|ecs\.(families|run-tokens|tasks|service-)|rds\.events|monitoring\.(metrics|alarm-history|follows)|events\.(?!buses|rules)|sns\.posts|lambda\.(?!functions$)|route53\.(changes|records)|ec2\.(default-vpc|tags|security-group-rules)|apigateway\.account|codedeploy\.deployments|cloudfront\.invalidations)/;

/** States in which AWS shows for a while what is gone, or will be by itself. */
const GONE = /"(state|status|State|StackStatus)":"(DELETE_COMPLETE|deleted|INACTIVE|PendingDeletion)"/;

/** What AWS itself makes in an account, what a bootstrap has brought, and the zone that a rehearsal makes up for names. */
const OWN = /cdk-hnb659fds|CDKToolkit|cdk-bootstrap|awsservicerole|^events\.buses \S+ default$|^route53\.zones /i;

/** Everything that stands in an AWS, as `<table> <partition> <id>`: what somebody would have to know of. */
export function standingIn({ world }: Pick<RunningSandbox, 'world'>): string[] {
  const rows = [...world.store.everything()].map(([table, partition, id, value]) => ({
    name: `${table} ${partition} ${id}`,
    table,
    text: JSON.stringify(value),
  }));
  const defaults = rows.flatMap(({ table, text }) =>
    table === 'ec2.vpcs' && text.includes('"IsDefault":true') ? (/vpc-\w+/.exec(text) ?? []) : [],
  );
  return rows
    .filter(({ table, name, text }) => !HISTORY.test(table) && !GONE.test(text) && !OWN.test(name))
    .filter(({ text }) => !/cdk-hnb659fds/.test(text.slice(0, 400)) && !defaults.some((vpc) => text.includes(vpc)))
    .map(({ name }) => name);
}
