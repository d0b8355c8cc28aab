import { humanName } from '../../infra/describe-resource.ts';
import { type StandingResource, standingResources } from './destroy-plan.ts';
import type { Template } from './resolve-template.ts';
import { thingName } from './thing-name.ts';

/** A database server as its stack knows it, whether the configuration still names it or not. */
export interface StandingDatabase {
  /** `main`. */
  name: string;
  /** What a person types to agree to its loss: `databases.main`. */
  thing: string;
  type: 'AWS::RDS::DBCluster' | 'AWS::RDS::DBInstance';
  /** Identifier in RDS. */
  id: string;
  logicalId: string;
  /** As the template has them. */
  properties: Template;
  /** Name of its RDS Proxy. */
  proxy?: string;
}

const THING = /^databases\.([^.]+)$/;

/** The clusters of a stack, and the instances that are of no cluster and follow no other. */
export function databasesOf(
  stack: string,
  template: Template | undefined,
  resources: Parameters<typeof standingResources>[2],
): StandingDatabase[] {
  const standing = standingResources(stack, template, resources);
  const proxies = new Map(
    standing
      .filter(({ type }) => type === 'AWS::RDS::DBProxy')
      .map(({ logicalId, physicalId }) => [humanName(template ?? {}, logicalId), physicalId]),
  );
  return standing.flatMap(({ type, physicalId, logicalId }) => {
    const properties: Template = template?.Resources?.[logicalId]?.Properties ?? {};
    if (!isServer(type, properties)) return [];
    const thing = thingName(stack, template, logicalId);
    const name = THING.exec(thing)?.[1] ?? thing;
    const proxy = proxies.get(`database ${name} proxy`);
    return [{ name, thing, type, id: physicalId, logicalId, properties, ...(proxy ? { proxy } : {}) }];
  });
}

function isServer(type: StandingResource['type'], properties: Template): type is StandingDatabase['type'] {
  if (type === 'AWS::RDS::DBCluster') return true;
  // Aurora's instances have no protection of their own:
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
  return type === 'AWS::RDS::DBInstance' && !properties.DBClusterIdentifier && !properties.SourceDBInstanceIdentifier;
}
