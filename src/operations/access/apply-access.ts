import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { canonicalJson } from '../../release/canonical-json.ts';
import type { ToldBroadening } from '../../release/security/told-broadenings.ts';
import { runChangeSet } from '../change-sets/run-change-set.ts';
import { causeOf } from '../stacks/stack-failure.ts';
import { settledStack } from '../stacks/watch-stack.ts';
import { accessStack } from './access-stack.ts';
import { broadeningText } from './access-text.ts';
import { type AccessLook, type GroupStanding, lookAtAccess } from './look-at-access.ts';

/** The contract of `access apply --json`. */
export interface AccessOutcome {
  environment: string;
  account: string;
  stack: string;
  action: 'create' | 'update' | 'none';
  groups: GroupStanding[];
  broadens: ToldBroadening[];
  dryRun: boolean;
  /** What a person would have to confirm by name. */
  confirmations: string[];
}

/** Makes the roles of `access` what the configuration says. Safe to run again, also after it was cut off. */
export async function applyAccess(session: Session): Promise<AccessOutcome> {
  const { aws, environment, flags, reporter, target } = session;
  const stack = accessStack(session);
  await atRest(session);
  const look = await reporter.step('Looking at who may do what', () => lookAtAccess(session));
  const isStuck = STUCK.test(look.status ?? '');
  if (isStuck) throw stuck(look.stack, look.status!, environmentFlags(environment));
  if (look.standing === undefined && look.groups.length === 0) throw nobody(environment.name);
  if (look.groups.every(({ state }) => state === 'extra')) throw removesAll(environmentFlags(environment));

  const drifted = look.groups.filter(({ alsoLetsIn }) => alsoLetsIn.length > 0);
  const isSame = canonicalJson(look.standing) === canonicalJson(look.wanted);
  const action = look.standing === undefined ? 'create' : isSame && drifted.length === 0 ? 'none' : 'update';
  const name = confirmationOf(session, look);
  const common = {
    environment: environment.name,
    account: target.account,
    stack: look.stack,
    action,
    broadens: look.broadens,
    dryRun: flags.dryRun,
    confirmations: action === 'none' || name === undefined ? [] : [name],
  } as const;
  if (action === 'none') return { ...common, groups: look.groups };
  for (const { name: group, alsoLetsIn } of drifted)
    reporter.warn(`access.${group}: somebody has let in ${alsoLetsIn.join(', ')} too, which is taken back`);
  await ask(session, look, name);
  if (flags.dryRun) return { ...common, groups: look.groups };
  await reporter.step(`Bringing ${look.stack}`, async (say) => {
    const change = {
      ChangeSetType: look.standing === undefined ? ('CREATE' as const) : ('UPDATE' as const),
      // What was changed by hand differs from no template: CloudFormation is told to look at the roles themselves.
      ...(drifted.length > 0 ? { DeploymentMode: 'REVERT_DRIFT' as const } : {}),
      TemplateBody: JSON.stringify(look.wanted),
      Tags: Object.entries(environment.tags).map(([Key, Value]) => ({ Key, Value })),
    };
    const ended = await runChangeSet(session, stack, change, { say });
    if (ended.end === 'refused') throw refused(look.stack, ended.reason, environmentFlags(environment));
    if (ended.end === 'done' && !/^(CREATE|UPDATE)_COMPLETE$/.test(ended.status)) {
      const why = await causeOf(aws.in(stack.region), look.stack);
      throw refused(look.stack, why ?? `it ended ${ended.status}`, environmentFlags(environment));
    }
  });
  return { ...common, groups: (await lookAtAccess(session)).groups };
}

/** What is under way is waited for: one that was cut off goes on in CloudFormation. */
async function atRest(session: Session): Promise<void> {
  const { aws, clock, flags, reporter, signal, target } = session;
  const { region, stackName } = accessStack(session);
  const found = await aws.in(region).cloudFormation.stack(stackName);
  const status = found?.StackStatus ?? '';
  if (!status.endsWith('_IN_PROGRESS') || status === 'REVIEW_IN_PROGRESS' || flags.dryRun) return;
  await reporter.step(`Waiting for ${stackName}, which is ${status}`, (say) =>
    settledStack(aws.in(region), { clock, pollMs: target.pollMs, signal }, found!.StackId!, say),
  );
}

/** The name that answers it, where `delivery.approval` wants one; undefined: a yes is enough. */
function confirmationOf({ environment }: Session, { broadens }: AccessLook): string | undefined {
  if (environment.approval === 'any-change') return `${environment.name}/changes`;
  return environment.approval === 'security-broadening' && broadens.length > 0
    ? `${environment.name}/security`
    : undefined;
}

async function ask(
  { environment, prompter, reporter, target }: Session,
  look: AccessLook,
  name: string | undefined,
): Promise<void> {
  const lines = broadeningText(look);
  if (name === undefined) {
    if (lines.length > 0) reporter.note(lines.join('\n'));
    return prompter.ask({ text: `Change who may do what in ${environment.name} (account ${target.account})?` });
  }
  const text = [`who may do what in ${environment.name} (account ${target.account}) changes`, ...lines].join('\n');
  await prompter.askTyped({ text, name, details: { broadens: look.broadens } });
}

const STUCK = /^(ROLLBACK_COMPLETE|ROLLBACK_FAILED|CREATE_FAILED|DELETE_FAILED|UPDATE_ROLLBACK_FAILED)$/;

const stuck = (stack: string, status: string, flags: string) =>
  new PlatformError({
    id: 'access-stack-stuck',
    kind: 'failed',
    message: `${stack} is ${status}: nothing can be changed in it`,
    remedy: `platform recover access ${flags} gets it out of that; then platform access apply ${flags}`,
  });

const refused = (stack: string, reason: string, flags: string) =>
  new PlatformError({
    id: 'access-stack-refused',
    kind: 'failed',
    message: `CloudFormation did not bring ${stack}: ${reason}`,
    remedy: `where a principal does not exist, mend access in platform.yaml; else whoever may make roles in the account runs platform access apply ${flags}`,
  });

const nobody = (environment: string) =>
  new PlatformError({
    id: 'access-empty',
    kind: 'usage',
    message: `platform.yaml gives nobody access to ${environment}`,
    remedy: `write access: { developers: { may: look, principals: [sso:Developers] } }, at the top or under environments.${environment}`,
  });

const removesAll = (flags: string) =>
  new PlatformError({
    id: 'access-removes-all',
    kind: 'usage',
    message: 'No group is configured any more, and a stack holds at least one role',
    remedy: `platform access remove ${flags} takes all of them away`,
  });
