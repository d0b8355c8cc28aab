import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Approvals } from '../../release/approvals.ts';
import { causeOf } from '../stacks/stack-failure.ts';

type Powers = Pick<Session, 'aws' | 'environment' | 'prompter' | 'reporter' | 'target'>;

interface Asking {
  /** Regions that are bootstrapped too. */
  bootstrap: readonly string[];
  preapproved?: readonly string[];
  /** What is asked for, when it is not a deployment: its words stand before the place. */
  question?: string;
}

/**
 * Asks once for the whole plan, and for every loss of state by its name. An approved plan file answers the first, and
 * the names that it contains.
 */
export async function approve(
  session: Powers,
  { typed, remains }: Approvals,
  { bootstrap, preapproved, question }: Asking,
): Promise<void> {
  const { environment, prompter, target } = session;
  for (const one of remains) await tellOfRemains(session, one);
  for (const { name, text, failure, details } of typed) {
    if (preapproved?.includes(name)) continue;
    await prompter.askTyped({ text, name, ...(failure ? { failure } : {}), ...(details ? { details } : {}) });
  }
  if (preapproved) return;
  const first = bootstrap.length > 0 ? `Bootstrap ${bootstrap.join(', ')} and deploy` : 'Deploy';
  await prompter.ask({
    text: `${question ? `${question} in` : `${first} this to`} ${environment.name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region})?`,
  });
}

/** Its events go with it, so what they say is said before: why it came to this (F-01), and what it left behind. */
async function tellOfRemains(
  { aws, reporter }: Pick<Powers, 'aws' | 'reporter'>,
  { stack, region, status }: Approvals['remains'][number],
): Promise<void> {
  const regional = aws.in(region);
  const [cause, resources] = await Promise.all([causeOf(regional, stack), regional.cloudFormation.resources(stack)]);
  const left = resources.filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_SKIPPED');
  reporter.warn(`${stack} is ${status}${cause ? `: ${cause}` : ''}. It is deleted and made again`);
  for (const { PhysicalResourceId, ResourceType } of left)
    reporter.warn(`${PhysicalResourceId} (${ResourceType}) of ${stack} stays, and nothing will use it any more`);
}

/** Throws `plan-refused` for what is never done by us, whoever agrees to it. */
export function refuse({ refused }: Approvals): void {
  if (refused.length > 0) throw groundReplaced(refused);
}

const TAKE_BACK = 'take back the change of network (cidr, azs, subnetMask), or build a new environment beside this one';

/** More properties would say the same of the next subnet. */
const SHOWN = 3;

const groundReplaced = (refused: Approvals['refused']) =>
  new PlatformError({
    id: 'plan-refused',
    kind: 'failed',
    message: `The plan would replace ${refused.map(({ stack, change }) => `${change.id} (${change.type}) of ${stack}`).join(', ')}, and with it everything that stands there (F-12)`,
    remedy: TAKE_BACK,
    details: {
      causes: [
        {
          id: 'F-12',
          subject: [...new Set(refused.map(({ stack }) => `stacks.${stack}`))].join(', '),
          what: `${refused.length} resources would be replaced on which everything stands`,
          certainty: 'certain',
          evidence: refused
            .flatMap(({ change }) => change.properties.map((property) => ({ id: change.id, ...property })))
            .slice(0, SHOWN)
            .map(({ id, name, before, after }) =>
              evidenceOf(
                'cloudformation:GetTemplate',
                `${id}.${name}`,
                `${JSON.stringify(before)}, and would be ${JSON.stringify(after)}`,
              ),
            ),
          remedy: TAKE_BACK,
        },
      ],
    },
  });
