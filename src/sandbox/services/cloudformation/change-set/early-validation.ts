import { randomUUID } from 'node:crypto';
import type { Call } from '../../../kernel/scope.ts';
import { providerFor } from '../engine/providers.ts';
import { resourceContext } from '../engine/resource-context.ts';
import { evaluate, holdsUnknown } from '../intrinsics/evaluate.ts';
import { type Complaint, checkProperties } from '../schema/check-properties.ts';
import type { ResourceSchema } from '../schema/resource-schema.ts';
import { type Deployment, resourcesOf, type StackRow, stacks, type ValidationErrorRow } from '../state.ts';
import type { JsonObject } from '../template/template.ts';
import { isLiving, plannedModel } from './planned-resource.ts';

/**
 * What CloudFormation looks at before a change set is ready, since November 2025: properties that a type does not have
 * or that it needs, and names that are taken already.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html
 */
export async function validateEarly(
  call: Call,
  stack: StackRow,
  deployment: Deployment,
  { adopts }: { adopts: (logicalId: string) => boolean },
): Promise<ValidationErrorRow[]> {
  const rows = resourcesOf(call, stack.id);
  const model = await plannedModel(call, stack, deployment, (id) => (isLiving(rows.get(id)) ? 'same' : 'add'));
  const errors: ValidationErrorRow[] = [];
  for (const [logicalId, { Type, Properties }] of model.resources) {
    const schema = model.schemas.get(Type);
    if (!schema) continue;
    const evaluated = (evaluate(Properties ?? {}, model.environment) ?? {}) as JsonObject;
    const { properties, complaints } = checkProperties(evaluated, schema);
    const found = (name: ValidationErrorRow['name'], reason: string, path: string) =>
      errors.push({ id: randomUUID(), name, logicalId, type: Type, reason, path, at: call.world.clock.stamp() });
    const place = `/Resources/${logicalId}/Properties`;
    for (const complaint of complaints) found('PROPERTY_VALIDATION', sentence(complaint), `${place}${complaint.path}`);
    if (isLiving(rows.get(logicalId)) || adopts(logicalId) || complaints.length > 0) continue;
    const taken = await takenIdentifier(call, stack, logicalId, properties, schema);
    if (taken !== undefined)
      found('NAME_CONFLICT_VALIDATION', `Resource of type '${Type}' with identifier '${taken}' already exists.`, place);
  }
  return errors;
}

function sentence({ kind, names }: Complaint): string {
  if (kind === 'required') return `Required property [${names.join(', ')}] not found`;
  return kind === 'unsupported'
    ? `Unsupported property [${names.join(', ')}]`
    : `Value does not match type ${names[0]}`;
}

/** What `ImportExistingResources` finds. */
export interface Existing {
  /** What a deployment would make and somebody has made already, by the identifiers of each. */
  imports: Record<string, JsonObject>;
  /** Why it may not be taken over. */
  failure?: string;
}

/**
 * Only a name that stands in the template as it is, of a resource that no stack has, and that would outlive its stack:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
 * The sentence is quoted in https://github.com/aws/aws-cdk-cli/pull/1367
 */
export async function existingResources(call: Call, stack: StackRow, deployment: Deployment): Promise<Existing> {
  const rows = resourcesOf(call, stack.id);
  const model = await plannedModel(call, stack, deployment, (id) => (isLiving(rows.get(id)) ? 'same' : 'add'));
  const imports: Record<string, JsonObject> = {};
  const unkept: string[] = [];
  for (const [logicalId, { Type, Properties = {}, DeletionPolicy }] of model.resources) {
    const schema = model.schemas.get(Type);
    if (!schema || isLiving(rows.get(logicalId))) continue;
    if (!schema.identifier.every((name) => typeof Properties[name] === 'string')) continue;
    const identifier = await takenIdentifier(call, stack, logicalId, Properties, schema);
    if (identifier === undefined || belongsToStack(call, Type, identifier)) continue;
    imports[logicalId] = Object.fromEntries(schema.identifier.map((name) => [name, Properties[name]!]));
    if (DeletionPolicy === 'Retain' || DeletionPolicy === 'RetainExceptOnCreate') continue;
    unkept.push(`${logicalId} ({${schema.identifier.map((name) => `${name}=${Properties[name]}`).join(', ')}})`);
  }
  return unkept.length === 0
    ? { imports }
    : {
        imports,
        failure: `CloudFormation is attempting to import some resources because they already exist in your account. The resources must have the DeletionPolicy attribute set to 'Retain' or 'RetainExceptOnCreate' in the template for successful import. The affected resources are ${unkept.join(', ')}`,
      };
}

const belongsToStack = (call: Call, type: string, identifier: string): boolean =>
  stacks
    .in(call)
    .values()
    .filter(({ status }) => status !== 'DELETE_COMPLETE')
    .flatMap(({ id }) => resourcesOf(call, id).values())
    .some((row) => isLiving(row) && row.type === type && row.physicalId === identifier);

/** Only names that the template gives can be taken. */
async function takenIdentifier(
  call: Call,
  stack: StackRow,
  logicalId: string,
  properties: JsonObject,
  schema: ResourceSchema,
): Promise<string | undefined> {
  const parts = schema.identifier.map((name) => properties[name]);
  if (parts.length === 0 || parts.some((part) => part === undefined || holdsUnknown(part))) return undefined;
  const identifier = parts.join('|');
  const provider = await providerFor(schema.type, schema);
  try {
    const found = await provider.read?.(identifier, properties, resourceContext(call, stack, logicalId));
    return found === undefined ? undefined : identifier;
  } catch {
    // Not found is an error in most services.
    return undefined;
  }
}

export function earlyValidationReason(errors: readonly ValidationErrorRow[]): string {
  const checks = new Set(
    errors.map(({ name }) =>
      name === 'PROPERTY_VALIDATION'
        ? 'AWS::EarlyValidation::PropertyValidation'
        : 'AWS::EarlyValidation::ResourceExistenceCheck',
    ),
  );
  return `The following hook(s)/validation failed: [${[...checks].join(', ')}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.`;
}
