import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { busNameOf } from '../find.ts';
import { deleteRule, putRule } from '../operations/rules.ts';
import { putTargets, removeTargets } from '../operations/targets.ts';
import { DEFAULT_BUS, ruleKey, rules } from '../state.ts';

type Call = ResourceContext['call'];

const asText = (value: unknown): string | undefined =>
  value === undefined || typeof value === 'string' ? (value as string | undefined) : JSON.stringify(value);

/** Where a task of a target stands is the one property that templates spell otherwise than the API. */
const VPC = { template: 'AwsVpcConfiguration', api: 'awsvpcConfiguration' };

function renamed(target: Properties, from: string, to: string): Properties {
  const { [from]: place, ...others } = target.EcsParameters?.NetworkConfiguration ?? {};
  if (place === undefined) return target;
  return { ...target, EcsParameters: { ...target.EcsParameters, NetworkConfiguration: { ...others, [to]: place } } };
}

function put(properties: Properties, Name: string, call: Call): void {
  putRule(
    {
      Name,
      EventBusName: properties.EventBusName,
      EventPattern: asText(properties.EventPattern),
      ScheduleExpression: properties.ScheduleExpression,
      State: properties.State,
      Description: properties.Description,
      RoleArn: properties.RoleArn,
      Tags: properties.Tags,
    },
    call,
  );
  if (properties.Targets?.length > 0)
    putTargets(
      {
        Rule: Name,
        EventBusName: properties.EventBusName,
        Targets: properties.Targets.map((one: Properties) => renamed(one, VPC.template, VPC.api)),
      },
      call,
    );
}

/** On the default bus a rule is known by its name, elsewhere by `<bus>|<rule>`. */
const nameOf = (physicalId: string): string => physicalId.split('|').at(-1)!;

export const rule: ResourceProvider = {
  create(properties, { call, generateName }) {
    const name = properties.Name ?? generateName({ maxLength: 64 });
    put(properties, name, call);
    const bus = busNameOf(properties.EventBusName);
    return { status: 'done', physicalId: bus === DEFAULT_BUS ? name : `${bus}|${name}` };
  },
  update({ before, after, physicalId }, { call }) {
    const name = nameOf(physicalId);
    const kept = (after.Targets ?? []).map(({ Id }: { Id: string }) => Id);
    const gone = (before.Targets ?? []).map(({ Id }: { Id: string }) => Id).filter((id: string) => !kept.includes(id));
    if (gone.length > 0) removeTargets({ Rule: name, EventBusName: before.EventBusName, Ids: gone }, call);
    put(after, name, call);
    return { status: 'done', physicalId };
  },
  delete({ EventBusName }, physicalId, { call }) {
    const name = nameOf(physicalId);
    const row = rules.in(call).get(ruleKey(busNameOf(EventBusName), name));
    if (!row) return { status: 'done', physicalId };
    removeTargets({ Rule: name, EventBusName, Ids: row.targets.map(({ Id }) => Id!) }, call);
    deleteRule({ Name: name, EventBusName }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, { EventBusName }, { call }) {
    const row = rules.in(call).get(ruleKey(busNameOf(EventBusName), nameOf(physicalId)));
    if (!row) return undefined;
    return {
      Arn: row.arn,
      Name: row.name,
      EventBusName: row.bus,
      State: row.state,
      ...(row.pattern !== undefined && { EventPattern: JSON.parse(row.pattern) }),
      ...(row.schedule !== undefined && { ScheduleExpression: row.schedule }),
      ...(row.description !== undefined && { Description: row.description }),
      Targets: row.targets.map((target) => renamed(structuredClone(target) as Properties, VPC.api, VPC.template)),
    };
  },
};
