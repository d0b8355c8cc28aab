import type { CreateChangeSetCommandInput, CreateChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { behaves } from '../as-of.ts';
import { checkImport } from '../change-set/check-import.ts';
import { earlyValidationReason, existingResources, validateEarly } from '../change-set/early-validation.ts';
import { isNoChange } from '../change-set/is-no-change.ts';
import { missingExports } from '../change-set/missing-exports.ts';
import { type Plan, planChanges } from '../change-set/plan-changes.ts';
import { driftToRevert } from '../change-set/revert-drift.ts';
import { setStackStatus } from '../engine/events.ts';
import { makeChangeSetId, makeStackId } from '../engine/names.ts';
import { invalid, noStack } from '../faults.ts';
import { findStack } from '../find-stack.ts';
import { NO_DEPLOYMENT, putStack } from '../new-stack.ts';
import {
  type ChangeSetRow,
  changeSets,
  type Deployment,
  type DriftedRow,
  type StackRow,
  type ValidationErrorRow,
} from '../state.ts';
import { TransformFailure } from '../template/expand-includes.ts';
import type { JsonObject } from '../template/template.ts';
import { checkChangeSetName, checkStackName } from './check-stack-name.ts';
import { checkUpdatable } from './check-updatable.ts';
import { prepareDeployment } from './prepare-deployment.ts';
import { templateSource } from './template-source.ts';

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

export const createChangeSet: Operation<CreateChangeSetCommandInput, Answer<CreateChangeSetCommandOutput>> = async (
  input,
  call,
) => {
  checkChangeSetName(input.ChangeSetName);
  if (!input.StackName?.startsWith('arn:')) checkStackName(input.StackName);
  const kind = input.ChangeSetType ?? 'UPDATE';
  const existing = findStack(call, input.StackName!);
  const made = existing && sameName(call, existing.id, input.ChangeSetName);
  // Sent again, it is known before anything is checked that the first time has changed.
  if (made && input.ClientToken !== undefined && made.clientToken === input.ClientToken)
    return { Id: made.id, StackId: made.stackId };
  checkTarget(existing, kind, input);
  if (made) throw nameTaken(made.name);
  const text = await templateSource(input, call, existing);
  const inReview = existing === undefined || existing.status === 'REVIEW_IN_PROGRESS';
  const id = existing?.id ?? makeStackId(call, input.StackName!);
  const name = existing?.name ?? input.StackName!;
  const stack = existing ?? openStack(call, id, name);
  const { deployment, plan, failure, errors, warning, imports, drifted } = await lookAhead(
    text,
    input,
    call,
    stack,
    inReview,
  );
  const row: ChangeSetRow = {
    id: makeChangeSetId(call, input.ChangeSetName),
    name: input.ChangeSetName,
    stackId: id,
    stackName: name,
    kind,
    ...(input.Description === undefined ? {} : { description: input.Description }),
    ...(input.ClientToken === undefined ? {} : { clientToken: input.ClientToken }),
    status: failure === undefined ? 'CREATE_COMPLETE' : 'FAILED',
    ...(failure === undefined ? {} : { statusReason: failure }),
    executionStatus: failure === undefined ? 'AVAILABLE' : 'UNAVAILABLE',
    createdAt: call.world.clock.stamp(),
    deployment,
    ...(input.RoleARN === undefined ? {} : { roleArn: input.RoleARN }),
    ...(input.RollbackConfiguration === undefined
      ? {}
      : { rollbackConfiguration: input.RollbackConfiguration as unknown as JsonObject }),
    includeNestedStacks: input.IncludeNestedStacks ?? false,
    importExistingResources: input.ImportExistingResources ?? false,
    ...(input.OnStackFailure === undefined ? {} : { onStackFailure: input.OnStackFailure }),
    ...(errors.length > 0 ? { validationErrors: errors } : {}),
    changes: plan.changes as unknown as JsonObject[],
    changesWithValues: plan.changesWithValues as unknown as JsonObject[],
    ...(warning === undefined ? {} : { valuesWarning: warning }),
    ...(Object.keys(imports).length > 0 ? { imports } : {}),
    ...(drifted ? { drifted } : {}),
  };
  changeSets.in(call).put(row.id, row);
  return { Id: row.id, StackId: id };
};

interface Outlook {
  deployment: Deployment;
  plan: Plan;
  /** Why the change set is made, but can never be executed. */
  failure?: string;
  errors: ValidationErrorRow[];
  warning?: string | undefined;
  imports: Record<string, JsonObject>;
  drifted?: Record<string, DriftedRow>;
}

async function lookAhead(
  text: string,
  input: CreateChangeSetCommandInput,
  call: Call,
  stack: StackRow,
  inReview: boolean,
): Promise<Outlook> {
  try {
    const deployment = await prepareDeployment(text, input, call, stack, inReview ? undefined : stack.deployment);
    const existing = input.ImportExistingResources ? await existingResources(call, stack, deployment) : undefined;
    const imports = existing?.imports ?? importsOf(input);
    const drifted = input.DeploymentMode === 'REVERT_DRIFT' && !inReview ? await driftToRevert(call, stack) : undefined;
    const plan = await planChanges(call, stack, deployment, imports, drifted);
    if (input.ChangeSetType === 'IMPORT') checkImport(call, stack, deployment, plan, imports);
    if (!inReview && isNoChange(call, stack, deployment, plan))
      return { deployment, plan, failure: NO_CHANGES, errors: [], imports };
    if (existing?.failure) return { deployment, plan, failure: existing.failure, errors: [], imports };
    const adopts = (logicalId: string) => logicalId in imports;
    const errors = behaves(call, 'earlyValidation') ? await validateEarly(call, stack, deployment, { adopts }) : [];
    const warning = await missingExports(call, stack, deployment);
    const failure = errors.length > 0 ? { failure: earlyValidationReason(errors) } : {};
    return { deployment, plan, errors, warning, imports, ...(drifted ? { drifted } : {}), ...failure };
  } catch (error) {
    if (!(error instanceof TransformFailure)) throw error;
    const deployment = { ...NO_DEPLOYMENT, capabilities: input.Capabilities ?? [] };
    return {
      deployment,
      plan: { changes: [], changesWithValues: [] },
      failure: error.message,
      errors: [],
      imports: {},
    };
  }
}

function checkTarget(
  stack: StackRow | undefined,
  kind: ChangeSetRow['kind'],
  { StackName, ChangeSetName, UsePreviousTemplate }: CreateChangeSetCommandInput,
): void {
  if (kind === 'CREATE') {
    if (stack && stack.status !== 'REVIEW_IN_PROGRESS')
      throw invalid(
        `Stack [${StackName}] already exists and cannot be created again with the changeSet [${ChangeSetName}].`,
      );
    if (UsePreviousTemplate) throw invalid('Previous template not available for stack.');
  } else if (kind === 'UPDATE' || stack) {
    if (!stack) throw noStack(StackName!);
    checkUpdatable(stack);
  }
}

/** A stack that exists only to be reviewed. */
function openStack(call: Call, id: string, name: string): StackRow {
  putStack(call, id, name, { status: 'REVIEW_IN_PROGRESS' });
  return setStackStatus(call, id, 'REVIEW_IN_PROGRESS', 'User Initiated');
}

function importsOf({ ChangeSetType, ResourcesToImport = [] }: CreateChangeSetCommandInput): Record<string, JsonObject> {
  if (ChangeSetType === 'IMPORT' && ResourcesToImport.length === 0)
    throw invalid(
      'You must specify ResourcesToImport when ChangeSetType is IMPORT'.replace(
        'You must specify ',
        'ResourcesToImport cannot be empty: ',
      ),
    );
  return Object.fromEntries(
    ResourcesToImport.map(({ LogicalResourceId, ResourceIdentifier }) => [
      LogicalResourceId!,
      ResourceIdentifier as JsonObject,
    ]),
  );
}

/** A name is taken until its change set is deleted or executed; the same token asks for the same change set again. */
const sameName = (call: Call, stackId: string, name: string): ChangeSetRow | undefined =>
  changeSets
    .in(call)
    .values()
    .find((row) => row.stackId === stackId && row.name === name && !/^EXECUTE|^OBSOLETE/.test(row.executionStatus));

const nameTaken = (name: string) => new AwsFault('AlreadyExistsException', `ChangeSet ${name} already exists`);
