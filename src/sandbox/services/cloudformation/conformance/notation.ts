import type { Change, Parameter, StackEvent } from '@aws-sdk/client-cloudformation';

/** What the recordings call by placeholders, and what is random in names, under one name on both sides. */
export function plain(text: string, { stackId, stackName }: { stackId: string; stackName: string }): string {
  return text
    .replaceAll(stackId, '<stack-id>')
    .replaceAll(/(CFN-[A-Za-z0-9]+)-[A-Za-z0-9]{12}\b/g, '$1-<random>')
    .replaceAll(new RegExp(`\\b${stackName}-(bucket)-[a-z0-9]{12}\\b`, 'gi'), '<stack>-$1-<random>')
    .replaceAll(new RegExp(`\\b${stackName}\\b`, 'g'), '<stack>');
}

const ordered = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(ordered)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, item]) => [key, ordered(item)]),
        )
      : value;

const canonical = (json: string): string => JSON.stringify(ordered(JSON.parse(json)));

const known = (parts: Record<string, string | undefined>): string[] =>
  Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));

/** A change as recorded-update.ts writes it. Throws when it holds a member that the notation has no place for. */
export function changeLines({ Type, ResourceChange, ...rest }: Change): string[] {
  const {
    Action,
    LogicalResourceId,
    ResourceType,
    PhysicalResourceId,
    Replacement,
    PolicyAction,
    Scope,
    Details,
    ...more
  } = ResourceChange!;
  const { BeforeContext, AfterContext, ...unknown } = more;
  if (Type !== 'Resource' || Object.keys({ ...rest, ...unknown }).length > 0)
    throw new Error(`unexpected members: ${JSON.stringify({ Type, ...rest, ...unknown })}`);
  const properties = (context: string) => canonical(JSON.stringify(JSON.parse(context).Properties));
  return [
    [
      Action,
      LogicalResourceId,
      ResourceType,
      ...(PhysicalResourceId ? [`is ${PhysicalResourceId}`] : []),
      ...known({ Replacement, PolicyAction, ...(Scope?.length ? { Scope: Scope.join(',') } : {}) }),
    ].join(' '),
    ...(BeforeContext ? [`before ${properties(BeforeContext)}`] : []),
    ...(AfterContext ? [`after ${properties(AfterContext)}`] : []),
    ...Details!
      .map(({ Evaluation, ChangeSource, CausingEntity, Target }) =>
        [
          Evaluation,
          ChangeSource,
          ...(CausingEntity ? [`of ${CausingEntity}`] : []),
          Target!.Attribute,
          Target!.Name,
          Target!.RequiresRecreation,
          ...(Target!.Path ? [Target!.Path] : []),
          ...(Target!.AttributeChangeType ? [Target!.AttributeChangeType] : []),
          ...(Target!.BeforeValue === undefined ? [] : [JSON.stringify(Target!.BeforeValue)]),
          ...(Target!.AfterValue === undefined ? [] : [`=> ${JSON.stringify(Target!.AfterValue)}`]),
        ].join(' '),
      )
      .sort(),
  ];
}

export const parameterLine = ({ ParameterKey, ParameterValue, ResolvedValue }: Parameter): string =>
  [ParameterKey, ParameterValue, ...(ResolvedValue === undefined ? [] : [`resolved ${ResolvedValue}`])].join(' ');

export function eventLine(event: StackEvent, { bare }: { bare: boolean }): string {
  const { ResourceStatus, PhysicalResourceId, ResourceStatusReason, ResourceProperties } = event;
  const because = ResourceStatusReason && !bare ? [`because ${ResourceStatusReason}`] : [];
  const properties = ResourceProperties && !bare ? [canonical(ResourceProperties)] : [];
  return [ResourceStatus, PhysicalResourceId ?? '', ...because, ...properties].join(' ');
}

/** One event per status, oldest first; of several in a row the latest, as the recorder kept them. */
export function condensed(newestFirst: readonly StackEvent[]): StackEvent[] {
  const kept = newestFirst.filter(
    ({ ResourceStatus, LogicalResourceId }, index) =>
      String(ResourceStatus) !== 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' &&
      newestFirst.slice(0, index).findLast((other) => other.LogicalResourceId === LogicalResourceId)?.ResourceStatus !==
        ResourceStatus,
  );
  return kept.reverse();
}

/** Another way of keeping one event per status: the earliest of several in a row. */
export function earliest(newestFirst: readonly StackEvent[]): StackEvent[] {
  const oldestFirst = newestFirst
    .toReversed()
    .filter(({ ResourceStatus }) => String(ResourceStatus) !== 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  return oldestFirst.filter(
    ({ ResourceStatus, LogicalResourceId }, index) =>
      oldestFirst.slice(0, index).findLast((other) => other.LogicalResourceId === LogicalResourceId)?.ResourceStatus !==
      ResourceStatus,
  );
}
