import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { lookUpBus } from '../find.ts';
import {
  createEventBus,
  deleteEventBus,
  putPermission,
  removePermission,
  updateEventBus,
} from '../operations/buses.ts';
import { buses } from '../state.ts';
import { mergeTags } from '../tags.ts';

type Call = ResourceContext['call'];

const tagsOf = ({ Tags }: Properties, stackTags: ResourceContext['tags']) => mergeTags(stackTags, Tags);

function applyPolicy(name: string, before: unknown, after: unknown, call: Call): void {
  if (after !== undefined)
    putPermission({ EventBusName: name, Policy: typeof after === 'string' ? after : JSON.stringify(after) }, call);
  else if (before !== undefined) removePermission({ EventBusName: name, RemoveAllPermissions: true }, call);
}

const settings = ({ Description, KmsKeyIdentifier, DeadLetterConfig }: Properties) => ({
  Description,
  KmsKeyIdentifier,
  DeadLetterConfig,
});

export const eventBus: ResourceProvider = {
  create(properties, { call, tags }) {
    createEventBus({ Name: properties.Name, ...settings(properties), Tags: tagsOf(properties, tags) }, call);
    applyPolicy(properties.Name, undefined, properties.Policy, call);
    return { status: 'done', physicalId: properties.Name };
  },
  update({ before, after, physicalId }, { call, tags }) {
    updateEventBus({ Name: physicalId, ...settings(after) }, call);
    applyPolicy(physicalId, before.Policy, after.Policy, call);
    buses.in(call).update(physicalId, (draft) => {
      draft.tags = tagsOf(after, tags);
    });
    return { status: 'done', physicalId };
  },
  delete(_properties, physicalId, { call }) {
    if (buses.in(call).has(physicalId)) deleteEventBus({ Name: physicalId }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, { call }) {
    const row = lookUpBus(physicalId, call);
    if (!row) return undefined;
    return {
      Arn: row.arn,
      Name: row.name,
      ...(row.description !== undefined && { Description: row.description }),
      ...(row.policy !== undefined && { Policy: JSON.parse(row.policy) }),
      Tags: row.tags.map((tag) => ({ ...tag })),
    };
  },
};

/** A statement of a bus's policy. */
export const eventBusPolicy: ResourceProvider = {
  create(properties, { call }) {
    const { StatementId, Statement, EventBusName } = properties;
    if (Statement !== undefined) putStatement(properties, call);
    else
      putPermission(
        {
          EventBusName,
          StatementId,
          Action: properties.Action,
          Principal: properties.Principal,
          Condition: properties.Condition,
        },
        call,
      );
    return { status: 'done', physicalId: `${EventBusName ?? 'default'}|${StatementId}` };
  },
  update({ after, physicalId }, { call }) {
    putStatement(after, call);
    return { status: 'done', physicalId };
  },
  delete({ EventBusName, StatementId }, physicalId, { call }) {
    if (hasStatement(EventBusName, StatementId, call)) removePermission({ EventBusName, StatementId }, call);
    return { status: 'done', physicalId };
  },
  read(_physicalId, properties, { call }) {
    return hasStatement(properties.EventBusName, properties.StatementId, call) ? { ...properties } : undefined;
  },
};

const statements = (bus: string | undefined, call: Call): { Sid?: string }[] =>
  JSON.parse(lookUpBus(bus, call)?.policy ?? '{"Statement":[]}').Statement;

const hasStatement = (bus: string | undefined, id: string, call: Call): boolean =>
  statements(bus, call).some(({ Sid }) => Sid === id);

function putStatement({ EventBusName, StatementId, Statement }: Properties, call: Call): void {
  const others = statements(EventBusName, call).filter(({ Sid }) => Sid !== StatementId);
  const policy = { Version: '2012-10-17', Statement: [...others, { ...Statement, Sid: StatementId }] };
  putPermission({ EventBusName, Policy: JSON.stringify(policy) }, call);
}
