import { canonicalJson } from './canonical-json.ts';
import { mentioned } from './mentioned.ts';
import { resolveTemplate, type Template } from './resolve-template.ts';

/** A stack of a service: a template, and values for its parameters. */
export interface ServiceSide {
  template: Template;
  parameters: Readonly<Record<string, string>>;
}

type Resources = Record<string, Template>;

/** What says which requests reach a service. */
const ROUTING: ReadonlySet<string> = new Set([
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'AWS::ElasticLoadBalancingV2::ListenerCertificate',
]);
/** Replaced, all requests would at once go to where nothing runs yet. */
const ROUTE: ReadonlySet<string> = new Set([
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
]);

/**
 * What a service's stack has to be brought to, one after the other, before it is brought to `next`. A rule that leads to
 * two target groups is never changed together with what makes ECS move requests: a rollback of CloudFormation would write
 * the shares of before, when the tasks of before may be gone. And ECS takes up a second target group only in a rolling
 * deployment, before it moves requests
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/update-rolling-to-bluegreen.html). None for a service
 * whose requests are not moved.
 */
export function phasesBefore(old: ServiceSide, next: ServiceSide): ServiceSide[] {
  const wanted = movesRequests(next.template)
    ? [withRules(old, next), ...(isPaired(old.template) ? [] : [rolling(next)])]
    : hasTwoGroups(old.template)
      ? [...(movesRequests(old.template) ? [rolling(old)] : []), keepingRules(old, next)]
      : [];
  const phases: ServiceSide[] = [];
  for (const phase of wanted) if (!isSame(phase, phases.at(-1) ?? old) && !isSame(phase, next)) phases.push(phase);
  return phases;
}

/** ECS moves the requests of the service. */
export const movesRequests = (template: Template): boolean =>
  (serviceOf(template)?.DeploymentConfiguration?.Strategy ?? 'ROLLING') !== 'ROLLING';

/** The service knows both groups, whether ECS moves requests between them or not. */
export const isPaired = (template: Template): boolean =>
  (serviceOf(template)?.LoadBalancers ?? []).some((one: Template) => one.AdvancedConfiguration !== undefined);

/** The rule gives each of two groups a share. */
export const hasTwoGroups = (template: Template): boolean =>
  Object.values(resourcesOf(template)).some(
    ({ Type, Properties }) =>
      Type === 'AWS::ElasticLoadBalancingV2::ListenerRule' && Properties?.Actions?.[0]?.ForwardConfig !== undefined,
  );

/** Rules and target groups among these changes that would be made anew. */
export const replacedRoutes = (changes: readonly { id: string; type: string; change: string; replacement: string }[]) =>
  changes.filter(({ type, change, replacement }) => change === 'modify' && replacement !== 'never' && ROUTE.has(type));

/** All as it is, but requests find their way as they will. */
function withRules(old: ServiceSide, next: ServiceSide): ServiceSide {
  const before = resourcesOf(resolved(old));
  const after = resourcesOf(resolved(next));
  const changed = Object.keys(after).filter(
    (id) => ROUTING.has(after[id]!.Type) && canonicalJson(before[id]) !== canonicalJson(after[id]),
  );
  return taking(old, next, changed);
}

/** All as it will be, but requests find their way as they did. */
function keepingRules(old: ServiceSide, next: ServiceSide): ServiceSide {
  const rules = Object.entries(resourcesOf(old.template)).filter(([, { Type }]) => ROUTING.has(Type));
  return taking(
    next,
    old,
    rules.map(([id]) => id),
  );
}

/** One side with resources of the other, and with what those speak of and it does not have. */
function taking(side: ServiceSide, other: ServiceSide, ids: readonly string[]): ServiceSide {
  const theirs = resourcesOf(other.template);
  const ours = resourcesOf(side.template);
  const taken: Resources = {};
  const take = (id: string): void => {
    if (taken[id] || !theirs[id]) return;
    taken[id] = theirs[id];
    for (const named of mentioned(theirs[id])) if (!ours[named]) take(named);
  };
  for (const id of ids) take(id);
  const declared = other.template.Parameters ?? {};
  const names = [...new Set(Object.values(taken).flatMap(mentioned))].filter((name) => Object.hasOwn(declared, name));
  const only = <T>(from: Readonly<Record<string, T>>) =>
    Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
  return {
    template: {
      ...side.template,
      Parameters: { ...side.template.Parameters, ...only(declared) },
      Resources: { ...ours, ...taken },
    },
    parameters: { ...side.parameters, ...only(other.parameters) },
  };
}

/** The same, and ECS replaces tasks one after the other. */
function rolling({ template, parameters }: ServiceSide): ServiceSide {
  const Resources = Object.fromEntries(
    Object.entries(resourcesOf(template)).map(([id, resource]) => {
      if (resource.Type !== 'AWS::ECS::Service') return [id, resource];
      const { BakeTimeInMinutes, CanaryConfiguration, LinearConfiguration, ...rest } =
        resource.Properties.DeploymentConfiguration ?? {};
      const DeploymentConfiguration = { ...rest, Strategy: 'ROLLING' };
      return [id, { ...resource, Properties: { ...resource.Properties, DeploymentConfiguration } }];
    }),
  );
  return { template: { ...template, Resources }, parameters };
}

const resourcesOf = (template: Template): Resources => template.Resources ?? {};

const serviceOf = (template: Template): Template | undefined =>
  Object.values(resourcesOf(template)).find(({ Type }) => Type === 'AWS::ECS::Service')?.Properties;

const resolved = ({ template, parameters }: ServiceSide): Template => resolveTemplate(template, parameters);

const isSame = (one: ServiceSide, other: ServiceSide): boolean =>
  canonicalJson(resolved(one).Resources) === canonicalJson(resolved(other).Resources);
