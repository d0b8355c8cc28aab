import type { Session } from '../../context.ts';
import type { BootstrapFindings } from '../../domain/bootstrap/bootstrap-findings.ts';
import type { RepairStep } from '../../domain/bootstrap/repair-plan.ts';
import { failedResources } from '../../domain/recovery/failed-resources.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { type ChangeSetEnd, inLine, runChangeSet } from '../change-sets/run-change-set.ts';
import { causeOf } from '../stacks/stack-failure.ts';
import { settledStack } from '../stacks/watch-stack.ts';
import { bringBootstrap } from './bring-bootstrap.ts';
import { importOf } from './import-leftovers.ts';
import { probeBootstrap } from './probe-bootstrap.ts';

/** Does one step of a repair, each of which may be done again. What was to be agreed to was agreed to. */
export async function actOnBootstrap(session: Session, found: BootstrapFindings, step: RepairStep): Promise<void> {
  const { aws, reporter } = session;
  const { region, stackName } = found;
  const regional = aws.in(region).uninterrupted();
  const bucket = found.parts.find(({ id }) => id === 'bucket')!.name;
  switch (step.do) {
    case 'wait':
      return settle(session, found, `Waiting for ${stackName}`);
    case 'discard-shell':
    case 'finish-deletion':
    case 'delete-stack':
      return deleteStack(session, found);
    case 'continue-rollback':
      await regional.cloudFormation.continueRollback(stackName, { skip: step.about ?? [] });
      return settle(session, found, `Continuing the rollback of ${stackName}`);
    case 'roll-back':
      await regional.cloudFormation.rollBack(stackName);
      return settle(session, found, `Rolling back ${stackName}`);
    case 'rescue-key':
      return rescueKey(session, found);
    case 'empty-bucket':
      return reporter.step(`Emptying ${bucket}`, async (say) => {
        await regional.s3.emptyBucket(bucket, (count) => say(`${count} versions deleted`));
      });
    case 'delete-bucket':
      return regional.s3.deleteBucket(bucket);
    case 'import':
      return takeOver(session, found);
    case 'revert-drift':
      return revertDrift(session, found);
    case 'bootstrap':
      await bringBootstrap(session, { region, stackName });
  }
}

/** What resists and can be taken over is left behind; the rest says why. */
async function deleteStack({ aws, clock, reporter, target }: Session, { region, stackName, parts }: BootstrapFindings) {
  const regional = aws.in(region).uninterrupted();
  const { cloudFormation } = regional;
  const stack = await cloudFormation.stack(stackName);
  if (!stack) return;
  const arn = stack.StackId!;
  await reporter.step(`Deleting ${stackName}`, async (say) => {
    if (stack.EnableTerminationProtection) await cloudFormation.protect(stackName, false);
    const attempt = async (retain: readonly string[]) => {
      await cloudFormation.deleteStack(arn, { retain });
      return settledStack(regional, { clock, pollMs: target.pollMs }, arn, say);
    };
    const resisting = async () => failedResources('DELETE_FAILED', await cloudFormation.events(arn, { limit: 500 }));
    const known = new Set(parts.map(({ logicalId }) => logicalId));
    const keep = async () =>
      (await resisting()).filter(({ logicalId }) => known.has(logicalId)).map(({ logicalId }) => logicalId);
    let left = await attempt(stack.StackStatus === 'DELETE_FAILED' ? await keep() : []);
    if (left?.StackStatus === 'DELETE_FAILED') left = await attempt(await keep());
    if (left) throw resisted(stackName, region, (await causeOf(regional, arn)) ?? left.StackStatus ?? '');
  });
}

async function settle(
  { aws, clock, reporter, target }: Session,
  { region, stackName }: BootstrapFindings,
  title: string,
) {
  const regional = aws.in(region).uninterrupted();
  const ended = await reporter.step(title, (say) =>
    settledStack(regional, { clock, pollMs: target.pollMs }, stackName, say),
  );
  if (ended && !/_COMPLETE$/.test(ended.StackStatus!))
    throw resisted(stackName, region, (await causeOf(regional, stackName)) ?? ended.StackStatus!);
}

async function rescueKey({ aws }: Session, { region, key, parts }: BootstrapFindings): Promise<void> {
  const regional = aws.in(region).uninterrupted();
  const id = await regional.s3.encryption(parts.find((one) => one.id === 'bucket')!.name);
  if (id === undefined) return;
  if (key === 'pending-deletion') await regional.kms.cancelDeletion(id);
  await regional.kms.enable(id);
}

async function takeOver(session: Session, { region, stackName }: BootstrapFindings): Promise<void> {
  const { aws, environment, reporter } = session;
  // Looked at again: a deletion may have left behind more than was foreseen.
  const now = await probeBootstrap(session, region);
  const left = now.parts.filter(({ owned, state }) => !owned && state !== 'missing');
  if (left.length === 0 || (now.status !== undefined && now.status !== 'REVIEW_IN_PROGRESS')) return;
  const { template, resources } = await importOf(aws.in(region), environment.blocks.bootstrap.qualifier, left);
  const end = await reporter.step(`Taking ${left.map(({ id }) => id).join(', ')} into ${stackName}`, (say) =>
    runChangeSet(
      session,
      { region, stackName },
      {
        ChangeSetType: 'IMPORT',
        TemplateBody: JSON.stringify(template),
        ResourcesToImport: resources,
      },
      { say },
    ),
  );
  await requireDone(session, { region, stackName }, end);
}

/** Parameters stay as they are: others may have chosen a key or trusted accounts. */
async function revertDrift(session: Session, { region, stackName }: BootstrapFindings): Promise<void> {
  const { aws, reporter } = session;
  const stack = await aws.in(region).cloudFormation.stack(stackName);
  const end = await reporter.step(`Bringing ${stackName} in line with its template`, (say) =>
    runChangeSet(session, { region, stackName }, inLine(stack?.Parameters ?? []), { say }),
  );
  // What CloudFormation cannot compare it calls unchanged: the look afterwards tells.
  if (end.end !== 'unchanged') await requireDone(session, { region, stackName }, end);
}

async function requireDone(
  { aws }: Session,
  { region, stackName }: { region: string; stackName: string },
  end: ChangeSetEnd,
) {
  if (end.end === 'done' && /^(IMPORT|UPDATE)_COMPLETE$/.test(end.status)) return;
  const why = end.end === 'refused' ? end.reason : await causeOf(aws.in(region), stackName);
  throw resisted(stackName, region, why ?? (end.end === 'done' ? end.status : 'CloudFormation saw nothing to do'));
}

const resisted = (stackName: string, region: string, why: string) =>
  new PlatformError({
    id: 'bootstrap-repair-failed',
    kind: 'failed',
    message: `${stackName} in ${region} could not be repaired: ${why}`,
    remedy: 'mend what it says and run platform bootstrap repair again; --rebuild is the last resort',
  });
