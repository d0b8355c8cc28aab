import type { Change, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import { policiesOf, tagDigest } from '../engine/desired-resource.ts';
import type { Model } from '../engine/model.ts';
import { evaluate } from '../intrinsics/evaluate.ts';
import { checkProperties } from '../schema/check-properties.ts';
import { type PropertyChange, propertyChanges } from '../schema/replacement.ts';
import type { ResourceRow, StackRow } from '../state.ts';
import { type JsonObject, sameValue } from '../template/template.ts';
import { type Cause, causesOf, type Situation } from './causes.ts';
import { contextOf } from './contexts.ts';
import type { Fate } from './planned-resource.ts';

export interface PlannedModification {
  fate: Fate;
  change: Change;
  /** Undefined when, with values looked at, nothing changes. */
  changeWithValues?: Change;
}

interface PropertyPlan {
  change: PropertyChange;
  causes: Cause[];
  /** Differs in what is known now, not only perhaps. */
  certain: boolean;
}

/** What a deployment changes of a resource that exists; undefined when nothing. */
export function planModification(
  row: ResourceRow,
  stack: StackRow,
  model: Model,
  situation: Situation,
): PlannedModification | undefined {
  const { logicalId } = row;
  const declaration = model.resources.get(logicalId)!;
  const schema = model.schemas.get(row.type);
  const evaluated = (evaluate(declaration.Properties ?? {}, model.environment) ?? {}) as JsonObject;
  const after = schema ? checkProperties(evaluated, schema).properties : evaluated;

  const certain = propertyChanges(row.properties, after, schema).map((change): PropertyPlan => {
    const causes = causesOf(declaration.Properties?.[change.name], situation).filter(
      ({ evaluation }) => evaluation === 'Static' || isUnknownNow(change),
    );
    return { change, causes, certain: true };
  });
  const perhaps = Object.entries(declaration.Properties ?? {}).flatMap(([name, expression]): PropertyPlan[] => {
    if (certain.some(({ change }) => change.name === name)) return [];
    const causes = causesOf(expression, situation).filter(({ source }) => source === 'ResourceAttribute');
    if (causes.length === 0) return [];
    const recreation =
      schema?.properties[name]?.replacement === 'yes'
        ? 'Always'
        : schema?.properties[name]?.replacement === 'maybe'
          ? 'Conditionally'
          : 'Never';
    return [{ change: { name, path: `/Properties/${name}`, kind: 'Modify', recreation }, causes, certain: false }];
  });
  const others = otherScopes(row, stack, model);
  const plans = [...certain, ...perhaps];
  if (plans.length === 0 && others.length === 0) return undefined;

  const fate = fateOfPlans(plans);
  const policy = policiesOf(declaration, model).updateReplacePolicy;
  const frame = (scope: string[], details: ResourceChangeDetail[], replacement: Fate): Change => ({
    Type: 'Resource',
    ResourceChange: {
      ...(replacement === 'modify'
        ? {}
        : {
            PolicyAction:
              policy === 'Retain'
                ? 'ReplaceAndRetain'
                : policy === 'Snapshot'
                  ? 'ReplaceAndSnapshot'
                  : 'ReplaceAndDelete',
          }),
      Action: 'Modify',
      LogicalResourceId: logicalId,
      PhysicalResourceId: row.physicalId!,
      ResourceType: row.type,
      Replacement: replacement === 'replace' ? 'True' : replacement === 'replace-perhaps' ? 'Conditional' : 'False',
      Scope: scope as never,
      Details: details,
    },
  });
  const otherDetails = others.map(otherDetail);
  const scopes = (properties: readonly unknown[]) => [...(properties.length > 0 ? ['Properties'] : []), ...others];
  const plain = distinct(plans.flatMap(plainDetails));
  const withValues = certain.flatMap(detailsWithValues);
  const result: PlannedModification = { fate, change: frame(scopes(plans), [...plain, ...otherDetails], fate) };
  if (certain.length > 0 || others.length > 0) {
    const change = frame(scopes(certain), [...withValues, ...otherDetails], fateOfPlans(certain));
    Object.assign(change.ResourceChange!, { BeforeContext: contextOf(row.properties), AfterContext: contextOf(after) });
    result.changeWithValues = change;
  }
  return result;
}

const isUnknownNow = ({ after }: PropertyChange): boolean => JSON.stringify(after ?? '').includes('KNOWN_AFTER_APPLY');

function fateOfPlans(plans: readonly PropertyPlan[]): Fate {
  const worst = plans.map(({ change: { recreation }, causes, certain }): Fate => {
    if (recreation === 'Never') return 'modify';
    const sure = certain && (causes.length === 0 || causes.some(({ evaluation }) => evaluation === 'Static'));
    return recreation === 'Always' && sure ? 'replace' : 'replace-perhaps';
  });
  return worst.includes('replace') ? 'replace' : worst.includes('replace-perhaps') ? 'replace-perhaps' : 'modify';
}

/** Without values: a changed parameter leaves it open what else was changed; a resource as cause stands alone. */
function plainDetails({ change, causes, certain }: PropertyPlan): ResourceChangeDetail[] {
  const target = { Attribute: 'Properties', Name: change.name, RequiresRecreation: change.recreation } as const;
  const named = causes.map((cause) => detail(target, cause));
  if (!certain) return named;
  const direct = (evaluation: 'Dynamic' | 'Static'): ResourceChangeDetail => ({
    Target: target,
    Evaluation: evaluation,
    ChangeSource: 'DirectModification',
  });
  if (causes.length === 0) return [direct('Static')];
  return causes.some(({ source }) => source === 'ParameterReference') ? [...named, direct('Dynamic')] : named;
}

function detailsWithValues({ change, causes }: PropertyPlan): ResourceChangeDetail[] {
  const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const target = {
    Attribute: 'Properties',
    Name: change.name,
    RequiresRecreation: change.recreation,
    Path: change.path,
    ...(change.before === undefined ? {} : { BeforeValue: shown(change.before) }),
    ...(change.after === undefined ? {} : { AfterValue: shown(change.after) }),
    AttributeChangeType: change.kind,
  } as const;
  const direct: ResourceChangeDetail = {
    Target: target,
    Evaluation: causes.length === 0 ? 'Static' : 'Dynamic',
    ChangeSource: 'DirectModification',
  };
  return [...causes.map((cause) => detail(target, cause)), direct];
}

const detail = (
  target: NonNullable<ResourceChangeDetail['Target']>,
  { source, entity, evaluation }: Cause,
): ResourceChangeDetail => ({
  Target: target,
  Evaluation: evaluation,
  ChangeSource: source,
  CausingEntity: entity,
});

const distinct = (details: readonly ResourceChangeDetail[]): ResourceChangeDetail[] => [
  ...new Map(details.map((each) => [JSON.stringify(each), each])).values(),
];

type OtherScope = 'Metadata' | 'Tags';

function otherScopes(row: ResourceRow, stack: StackRow, model: Model): OtherScope[] {
  const scopes: OtherScope[] = [];
  const { Metadata } = model.resources.get(row.logicalId)!;
  if (!sameValue(row.metadata ?? {}, Metadata ?? {})) scopes.push('Metadata');
  if (row.tags !== undefined && row.tags !== tagDigest(stack)) scopes.push('Tags');
  return scopes;
}

const otherDetail = (attribute: OtherScope): ResourceChangeDetail => ({
  Target: { Attribute: attribute, RequiresRecreation: 'Never' },
  Evaluation: 'Static',
  ChangeSource: 'DirectModification',
});
