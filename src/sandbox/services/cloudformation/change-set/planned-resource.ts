import type { Scope } from '../../../kernel/scope.ts';
import { type Model, modelOf } from '../engine/model.ts';
import { UNKNOWN } from '../intrinsics/environment.ts';
import { type Deployment, type ResourceRow, resourcesOf, type StackRow } from '../state.ts';

/** What a change set is going to do with a resource, as far as those that depend on it have to know. */
export type Fate = 'add' | 'modify' | 'replace' | 'replace-perhaps' | 'same';

/** Shows the deployment as it will be: what does not exist yet, or will be another thing, is not known. */
export async function plannedModel(
  scope: Scope,
  stack: Pick<StackRow, 'id' | 'name'>,
  deployment: Deployment,
  fateOf: (logicalId: string) => Fate,
): Promise<Model> {
  const rows = resourcesOf(scope, stack.id);
  const model = await modelOf(scope, stack, deployment);
  const { environment } = model;
  const gone = (logicalId: string) => {
    const row = rows.get(logicalId);
    const fate = fateOf(logicalId);
    return row?.physicalId === undefined || fate === 'add' || fate === 'replace' || fate === 'replace-perhaps';
  };
  return {
    ...model,
    environment: {
      ...environment,
      ref: (logicalId) => (gone(logicalId) ? UNKNOWN : environment.ref(logicalId)),
      getAtt: (logicalId, attribute) => (gone(logicalId) ? UNKNOWN : knownAttribute(environment, logicalId, attribute)),
      importValue: (name) => orUnknown(() => environment.importValue(name)),
      stackOutput: (name, output, region) => orUnknown(() => environment.stackOutput!(name, output, region)),
    },
  };
}

const knownAttribute = (environment: Model['environment'], logicalId: string, attribute: string) =>
  orUnknown(() => environment.getAtt(logicalId, attribute));

/** What is missing now may be there when the change set is executed. */
function orUnknown<T>(look: () => T): T | typeof UNKNOWN {
  try {
    return look();
  } catch {
    return UNKNOWN;
  }
}

export const isLiving = (row: ResourceRow | undefined): row is ResourceRow =>
  row?.physicalId !== undefined && row.status !== 'DELETE_COMPLETE' && row.status !== 'DELETE_SKIPPED';
