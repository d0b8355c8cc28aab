import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../../aws/aws.ts';
import type { Diagnosis } from '../../diagnosis/cause.ts';
import { causeText, firstCause } from '../../diagnosis/diagnosis-text.ts';
import type { DiagnosisPowers } from '../../diagnosis/sick-service.ts';
import { changeSetCauses, stackCauses } from '../../diagnosis/stack-causes.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { rootFailure } from '../../domain/root-failure.ts';
import { ENDS_EVERYTHING, PlatformError } from '../../errors/platform-error.ts';
import { explanation, SAME_COMMAND, whyServiceFailed } from '../explain-failure.ts';
import { sickStackService } from './sick-stack-service.ts';
import { withAlarms } from './with-alarms.ts';

/** The first thing that went wrong in a stack's newest operation, as a sentence; undefined when its events do not say. */
export async function causeOf(
  { cloudFormation }: Pick<Aws, 'cloudFormation'>,
  stack: string,
): Promise<string | undefined> {
  const root = rootFailure(await eventsOf(cloudFormation, stack));
  return (
    root &&
    `${root.LogicalResourceId} (${root.ResourceType}) failed: ${root.ResourceStatusReason ?? root.ResourceStatus}`
  );
}

const eventsOf = (cloudFormation: Aws['cloudFormation'], stack: string): Promise<StackEvent[]> =>
  cloudFormation
    .events(stack, { limit: 200 })
    .catch((error: unknown): StackEvent[] => (endsEverything(error) ? raise(error) : []));

const endsEverything = (error: unknown): error is PlatformError =>
  error instanceof PlatformError && ENDS_EVERYTHING.includes(error.id);

function raise(error: unknown): never {
  throw error;
}

/**
 * An error that names the first thing that went wrong in a stack's last operation, as CloudFormation tells it; where that
 * is an ECS service, what is behind it too, for CloudFormation says only that it did not settle (F-13, F-52).
 */
export async function stackFailure(
  session: Omit<DiagnosisPowers, 'signal'>,
  {
    id,
    stackName,
    service,
    cause,
  }: { id: string; stackName: string; service?: string | undefined; cause?: Error | undefined },
): Promise<PlatformError> {
  if (endsEverything(cause)) return cause;
  const { environment } = session;
  const events = await eventsOf(session.aws.cloudFormation, stackName);
  const root = rootFailure(events);
  const remedy = `platform events ${environmentFlags(environment)} shows what happened before; mend the cause and deploy again`;
  const failure = root
    ? new PlatformError({
        id: 'stack-failed',
        kind: 'failed',
        message: `${root.LogicalResourceId} (${root.ResourceType}) of stack ${stackName} failed: ${root.ResourceStatusReason ?? root.ResourceStatus}`,
        remedy,
        cause,
      })
    : new PlatformError({
        id: 'stack-failed',
        kind: 'failed',
        message: `Stack ${stackName} was not deployed: ${cause?.message ?? 'no reason was given'}`,
        remedy,
        cause,
      });
  const sick = service === undefined ? undefined : sickStackService(service, { root, events });
  const found: Diagnosis = sick
    ? await whyServiceFailed(session, { ...sick, again: SAME_COMMAND })
    : { causes: [], unseen: [] };
  // What the events say is the second choice: of a service CloudFormation only knows that it did not settle.
  const place = { id, flags: environmentFlags(environment) };
  const told =
    found.causes.length > 0 ? [] : root ? stackCauses(events, place) : changeSetCauses(cause?.message ?? '', place);
  const [first] = told;
  const named =
    first?.id === 'F-107' && root ? [await withAlarms(session, first, { stackName, root }), ...told.slice(1)] : told;
  const diagnosis = { ...found, causes: [...found.causes, ...named] };
  const behind = firstCause(found);
  return failure.with({
    ...(behind
      ? {
          message: `${root!.LogicalResourceId} (${root!.ResourceType}) of stack ${stackName} failed: ${causeText(behind)}`,
          remedy: `${behind.remedy}; ${remedy}`,
        }
      : first?.certainty === 'certain'
        ? { remedy: `${first.remedy}; ${remedy}` }
        : {}),
    ...explanation(diagnosis),
  });
}
