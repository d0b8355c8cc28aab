import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { EDGE_REGION } from '../../../infra/edge-region.ts';
import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { bootstrapVersionParameter, stagingBucketName } from '../../domain/bootstrap-names.ts';
import { ecrImageOf } from '../../domain/ecr-image.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { secretName } from '../../release/secret-name.ts';
import { findDatabases } from '../databases/find-databases.ts';
import { deployedFunctions } from '../functions/deployed-functions.ts';
import { chosenServices, type DeployedService, deployedServices } from '../services/deployed-services.ts';
import { deployedEdges } from '../sites/deployed-edges.ts';
import { findStacks } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { stateOf } from '../state-of.ts';

export type Powers = Pick<Session, 'aws' | 'environment' | 'target'>;

/** What a scenario may name in braces, each looked up when it is first wanted. Undefined: the environment has no such thing. */
export type Place = (name: string) => Promise<string | undefined>;

/** Everything that a scenario can name of an environment, `{service.family}` for example; about one of its services. */
export function placesOf(session: Powers, service: string | undefined): Place {
  const { aws, environment, target } = session;
  const { account, region } = target;
  const once = <T>(work: () => Promise<T>) => {
    let made: Promise<T> | undefined;
    return () => {
      made ??= work();
      return made;
    };
  };
  const state = once(() => stateOf(session));
  const stacks = once(async () => findStacks(session, (await state()).state));
  const told = async (stack: string, output: string) => {
    const found = (await stacks()).find(({ id }) => id === stack);
    return found && stackOutputs(found.stack)[output];
  };
  const outputsOfStacks = async () => {
    const all = new Map((await stacks()).map(({ id, stack }) => [id, stackOutputs(stack)]));
    return (stack: string) => all.get(stack) ?? {};
  };
  const deployed = once(async (): Promise<DeployedService | undefined> => {
    if (service === undefined) return undefined;
    return chosenServices(session, await deployedServices(session, (await state()).state), [service])[0];
  });
  const definition = once(async (): Promise<TaskDefinition | undefined> => {
    const arn = (await deployed())?.service.taskDefinition;
    return arn === undefined ? undefined : aws.ecs.taskDefinition(arn);
  });
  const container = async () => (await definition())?.containerDefinitions?.[0];
  const image = async () => ecrImageOf((await container())?.image ?? '');
  const database = once(async () => (await findDatabases(session, (await state()).state))[0]);
  // The first that something starts by itself, else the first of all.
  const functions = once(async () => {
    const all = deployedFunctions(await outputsOfStacks(), Object.keys(environment.blocks.functions));
    return all.find(({ rule }) => rule !== undefined) ?? all[0];
  });
  const edge = once(async () => deployedEdges(session, await outputsOfStacks())[0]);
  const [api] = Object.keys(environment.blocks.apis);
  const [secret, key] = secretOf(session, service);
  const [queue] = Object.keys(environment.blocks.queues);
  const [bucket] = Object.keys(environment.blocks.buckets);
  const { qualifier } = environment.blocks.bootstrap;

  const places: Record<string, () => string | undefined | Promise<string | undefined>> = {
    env: () => environment.name,
    flags: () => environmentFlags(environment),
    project: () => environment.project,
    account: () => account,
    region: () => region,
    service: () => service,
    'service.id': async () => {
      const found = await deployed();
      return found && `${found.cluster}/${found.serviceName}`;
    },
    'service.cluster': async () => (await deployed())?.cluster,
    'service.name': async () => (await deployed())?.serviceName,
    'service.target-group': async () => (await deployed())?.targetGroupArn,
    'service.family': async () => (await definition())?.family,
    'service.revision': async () => lastPart((await deployed())?.service.taskDefinition),
    'service.execution-role': async () => lastPart((await definition())?.executionRoleArn),
    'service.task-role': async () => lastPart((await definition())?.taskRoleArn),
    'service.log-group': async () => (await container())?.logConfiguration?.options?.['awslogs-group'],
    'service.repository': async () => (await image())?.repository,
    'service.digest': async () => {
      const reference = (await image())?.reference;
      return reference && 'digest' in reference ? reference.digest : undefined;
    },
    'service.health-path': () =>
      service === undefined ? undefined : environment.blocks.services[service]?.health?.path,
    secret: () => secret,
    'secret.name': () => secret && secretName(environment, secret),
    'secret.key': () => key,
    vpc: () => told('network', outputs.network.vpcId),
    function: async () => (await functions())?.name ?? Object.keys(environment.blocks.functions)[0],
    'function.name': async () => (await functions())?.functionName,
    'function.log-group': async () => (await functions())?.logGroup,
    'function.rule': async () => (await functions())?.rule?.name,
    'function.bus': async () => {
      const rule = (await functions())?.rule;
      return rule && (rule.bus ?? 'default');
    },
    'migration.command': () => environment.blocks.migrations?.up.join(' '),
    'function.alarm': async () => {
      const alarms = await aws.alarms.named((await stacks()).find(({ id }) => id === 'functions')?.stackName ?? '-');
      return alarms.find(({ AlarmDescription = '' }) => AlarmDescription.startsWith('Sends traffic back'))?.AlarmName;
    },
    api: () => api,
    'api.log-group': () => api && told('functions', outputs.functions.apiAccessLog(api)),
    site: async () => (await edge())?.site ?? Object.keys(environment.blocks.sites)[0],
    'edge.function': async () => (await edge())?.functionName,
    'edge.distribution': async () => (await edge())?.distribution,
    'edge.log-group': async () => (await edge())?.group,
    'edge.role': async () => {
      const found = await edge();
      const { Role } = (found && (await aws.in(EDGE_REGION).lambda.configuration(found.functionName, '$LATEST'))) ?? {};
      return lastPart(Role);
    },
    queue: () => queue,
    'queue.url': () => queue && told('messaging', outputs.messaging.queueUrl(queue)),
    'queue.output': () => queue && outputs.messaging.queueUrl(queue),
    'queue.dead-letters': () => queue && told('messaging', outputs.messaging.deadLetterQueueUrl(queue)),
    'queue.resource': async () => {
      const [stack, url] = await Promise.all([
        stacks().then((all) => all.find(({ id }) => id === 'messaging')),
        queue && told('messaging', outputs.messaging.queueUrl(queue)),
      ]);
      const resources = stack ? await aws.cloudFormation.resources(stack.stackName) : [];
      return resources.find(({ PhysicalResourceId }) => PhysicalResourceId === url)?.LogicalResourceId;
    },
    bucket: () => bucket,
    'bucket.name': () => bucket && told('data', outputs.data.bucketName(bucket)),
    database: async () => Object.keys(environment.blocks.databases)[0] ?? (await database())?.name,
    'database.id': async () => (await database())?.id,
    'state.bucket': async () => (await state()).bucket,
    'bootstrap.bucket': () => stagingBucketName(qualifier, account, region),
    'bootstrap.parameter': () => bootstrapVersionParameter(qualifier),
    'bootstrap.role': () => `cdk-${qualifier}-deploy-role-${account}-${region}`,
    'bootstrap.publishing-role': () => `cdk-${qualifier}-file-publishing-role-${account}-${region}`,
    'bootstrap.repository': () => `cdk-${qualifier}-container-assets-${account}-${region}`,
  };
  return async (name) => {
    if (name.startsWith('stack.')) return (await stacks()).find(({ id }) => `stack.${id}` === name)?.stackName;
    return Object.hasOwn(places, name) ? places[name]!() : undefined;
  };
}

const lastPart = (arn: string | undefined): string | undefined => arn?.split('/').at(-1);

/** The first key of a declared secret that the service is given. */
function secretOf({ environment }: Powers, service: string | undefined): [secret?: string, key?: string] {
  const given = service === undefined ? {} : (environment.blocks.services[service]?.secrets ?? {});
  const [reference] = Object.values(given).filter((one) => /^secret\.[^#]+#[^#*]+$/.test(one));
  const [, secret, key] = /^secret\.([^#]+)#(.+)$/.exec(reference ?? '') ?? [];
  return secret === undefined ? [] : [secret, key];
}

/** Whether a place is about the chosen service, so that a service has to be chosen for it. */
export const isOfService = (name: string): boolean => /^(service|secret)(\.|$)/.test(name);

/** The service that a scenario is about when nobody names one: the first that has what the scenario names. */
export function fittingService({ environment }: Pick<Session, 'environment'>, names: readonly string[]) {
  const needsSecret = names.some((name) => /^secret(\.|$)/.test(name));
  const needsTargets = names.some((name) => /^service\.(target-group|health-path)$/.test(name));
  return Object.entries(environment.blocks.services).find(
    ([name, { http }]) =>
      (!needsSecret || secretOf({ environment } as Powers, name).length > 0) && (!needsTargets || http !== undefined),
  )?.[0];
}
