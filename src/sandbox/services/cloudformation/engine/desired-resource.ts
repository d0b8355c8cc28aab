import { createHash } from 'node:crypto';
import type { Scope } from '../../../kernel/scope.ts';
import { evaluate } from '../intrinsics/evaluate.ts';
import { type Complaint, checkProperties } from '../schema/check-properties.ts';
import type { Incarnation, RemovalPolicy, StackRow } from '../state.ts';
import { referencesIn } from '../template/references.ts';
import { canonical, type Json, type JsonObject, type ResourceDeclaration } from '../template/template.ts';
import { hasDynamicReference, resolveDynamicReferences } from './dynamic-references.ts';
import type { Model } from './model.ts';
import { stackCall } from './stack-call.ts';

export interface DesiredResource extends Omit<Incarnation, 'attributes' | 'physicalId'> {
  type: string;
  updateReplacePolicy: RemovalPolicy;
  /** What the provider is given: checked, and with dynamic references looked up. */
  given: JsonObject;
  complaints: Complaint[];
}

/** A declared resource with all its expressions evaluated. Throws what an expression refuses. */
export async function desiredResource(
  scope: Scope,
  stack: StackRow,
  logicalId: string,
  model: Model,
): Promise<DesiredResource> {
  const declaration = model.resources.get(logicalId)!;
  const evaluated = (evaluate(declaration.Properties ?? {}, model.environment) ?? {}) as JsonObject;
  const schema = model.schemas.get(declaration.Type);
  const { properties, complaints } = schema
    ? checkProperties(evaluated, schema)
    : { properties: evaluated, complaints: [] };
  const given = hasDynamicReference(properties)
    ? ((await resolveDynamicReferences(properties, stackCall(scope, stack))) as JsonObject)
    : properties;
  return {
    type: declaration.Type,
    properties,
    given: schema ? checkProperties(given, schema).properties : given,
    complaints,
    dependsOn: [...(model.graph.get(logicalId) ?? [])],
    ...policiesOf(declaration, model),
    ...(declaration.Metadata ? { metadata: declaration.Metadata } : {}),
    borrowed: Object.entries(declaration.Properties ?? {})
      .filter(([, expression]) =>
        referencesIn(expression, model.holds).some(({ target }) => model.resources.has(target)),
      )
      .map(([name]) => name),
    ...(schema?.tags ? { tags: tagDigest(stack) } : {}),
  };
}

/** Policies may be expressions of parameters; without one, databases that were never asked for a snapshot get one. */
export function policiesOf(
  { Type, Properties, DeletionPolicy, UpdateReplacePolicy }: ResourceDeclaration,
  { environment }: Model,
): { deletionPolicy: RemovalPolicy; updateReplacePolicy: RemovalPolicy } {
  const policy = (expression: Json | undefined) =>
    expression === undefined ? undefined : (evaluate(expression, environment) as RemovalPolicy | undefined);
  return {
    deletionPolicy: policy(DeletionPolicy) ?? defaultDeletion(Type, Properties),
    updateReplacePolicy: policy(UpdateReplacePolicy) ?? 'Delete',
  };
}

/** AWS: `DeletionPolicy` is `Snapshot` for clusters, and for instances that are not part of one. */
const defaultDeletion = (type: string, properties: JsonObject | undefined): RemovalPolicy =>
  type === 'AWS::RDS::DBCluster' || (type === 'AWS::RDS::DBInstance' && properties?.DBClusterIdentifier === undefined)
    ? 'Snapshot'
    : 'Delete';

export const tagDigest = ({ deployment }: StackRow): string =>
  createHash('sha256').update(canonical(deployment.tags)).digest('base64url').slice(0, 16);
