import { type Changed, changingBack } from './changed-back.ts';
import type { FailedResource } from './failed-resources.ts';
import type { Hurdle } from './hurdle.ts';
import { whatSkippingMeans } from './skipping.ts';
import type { EverStood } from './stack-history.ts';

/** A resource that keeps a stack where it is, with what was found out about it. */
export interface Blocked extends FailedResource {
  hurdle: Hurdle;
  /** As `ResourcesToSkip` takes it: `<nested stack>.<logical id>` where it stands in a nested stack. */
  skipName: string;
  /** What a person types: `databases.main`. */
  thing: string;
  /** How much a bucket or repository holds; absent for anything else. */
  holds?: number;
}

export interface StuckStack {
  environment: string;
  /** `data`, `service-web`, or the stack's own name. */
  id: string;
  stackName: string;
  status: string;
  everStood: EverStood;
  /** Of the stack, not of a database in it. */
  terminationProtection: boolean;
  blocked: readonly Blocked[];
  /** Databases and full buckets that a deletion would take along. */
  precious: readonly { thing: string; text: string }[];
  /** Resources that are gone, as a comparison has found: of a stack at rest, and of those to be skipped. */
  lost: readonly { logicalId: string; type: string }[];
  /** Resources of a stack at rest that are not as it says; absent: nobody has compared them. */
  changed?: readonly Changed[];
  /** All that failed is a rule whose requests ECS moves: going back would send them to where the tasks were before. */
  ruleOnly?: true;
  /** Resources that a person has listed to be skipped, or left behind by a deletion. */
  skip: readonly string[];
  retain: readonly string[];
}

/** Who may decide a step; the classes of the failure modes. */
export type StepClass = 'AUTO' | 'ASK' | 'TYPED' | 'TELL';

export interface RecoveryStep {
  do:
    | 'wait-for-stack'
    | 'wait'
    | 'unprotect'
    | 'empty-bucket'
    | 'empty-repository'
    | 'repair-bootstrap'
    | 'lose'
    | 'unprotect-stack'
    | 'skip'
    | 'continue-rollback'
    | 'roll-back'
    | 'tell-traffic'
    | 'restore'
    | 'change-back'
    | 'delete-stack'
    | 'prove'
    | 'tell';
  class: StepClass;
  /** What is done, and what is lost or kept by it. */
  text: string;
  /** What has to be typed. */
  confirm?: string;
  /** Logical id of the resource it is about. */
  resource?: string;
  waitMs?: number;
}

export interface RecoveryPlan {
  steps: RecoveryStep[];
  /** Nothing may be begun: it could only fail again. With what a person has to do first. */
  stop?: { message: string; remedy: string };
}

/** How the CDK names its own. */
const BOOTSTRAP_ROLE = /\bcdk-[A-Za-z0-9_]{1,10}-(deploy|cfn-exec|file-publishing|image-publishing|lookup)-role-/;

/** The right way out of a status, as steps. Decides nothing that a person has to decide. */
export function planRecovery(stack: StuckStack): RecoveryPlan {
  const { status } = stack;
  if (status === 'REVIEW_IN_PROGRESS')
    return deletion(stack, 'it was only ever looked at: a change set that nobody executed goes, and nothing else');
  if (status.endsWith('_IN_PROGRESS'))
    return { steps: [step('wait-for-stack', 'AUTO', `wait until ${status} has ended, then look again`)] };
  switch (status) {
    case 'UPDATE_ROLLBACK_FAILED':
      return continuation(stack);
    case 'UPDATE_FAILED':
      return stack.ruleOnly ? tellAgain(stack) : rollBack(stack);
    case 'ROLLBACK_COMPLETE':
      return deletion(stack, 'its first creation failed, and what had been made is gone already: an empty shell');
    case 'CREATE_FAILED':
      return deletion(stack, 'its first creation failed and was told not to roll back: what had been made goes');
    case 'ROLLBACK_FAILED':
      return deletion(stack, 'its first creation failed: the rest of what had been made goes');
    case 'DELETE_FAILED':
      return deletion(stack, 'the deletion that somebody began is finished');
    case 'IMPORT_ROLLBACK_FAILED':
      return untold(
        `${stack.stackName} is IMPORT_ROLLBACK_FAILED, from which CloudFormation offers no way that is safe to take unseen`,
        'ask AWS Support to bring the stack back; what was imported keeps working meanwhile',
      );
    default:
      return status.endsWith('_COMPLETE')
        ? restoration(stack)
        : untold(
            `${stack.stackName} is ${status}, which this version does not know`,
            'a newer version of platform may; the CloudFormation console shows what the stack allows',
          );
  }
}

const untold = (message: string, remedy: string): RecoveryPlan => ({ steps: [], stop: { message, remedy } });

function continuation(stack: StuckStack): RecoveryPlan {
  const { blocked, environment, id, skip, stackName } = stack;
  const skipped = blocked.filter(({ skipName }) => skip.includes(skipName));
  const unknown = skip.filter((name) => !blocked.some(({ skipName }) => skipName === name));
  if (unknown.length > 0)
    return untold(
      `${unknown.join(', ')} did not fail in the rollback of ${stackName}, so it cannot be skipped`,
      blocked.length > 0
        ? `only these can be: ${blocked.map(({ skipName }) => skipName).join(', ')}`
        : `platform recover ${id} continues the rollback without skipping anything`,
    );
  const left = blocked.filter((one) => !skipped.includes(one));
  // In a nested stack it is not ours to make again.
  const lost = skipped.filter(
    ({ hurdle, skipName, logicalId }) => hurdle.failure === 'F-19' && hurdle.way === 'gone' && skipName === logicalId,
  );
  const gone = left.filter(({ hurdle }) => hurdle.way === 'gone');
  if (gone.length > 0)
    return {
      steps: gone.map((one) => tell(one, `${one.skipName}: ${one.hurdle.why}; ${one.hurdle.mend}`)),
      stop: {
        message: `${names(gone)} of ${stackName} cannot be rolled back: ${gone[0]!.hurdle.why}`,
        remedy: `${gone[0]!.hurdle.mend}; or platform recover ${id} ${gone.map(({ skipName }) => `--skip ${skipName}`).join(' ')}${gone[0]!.hurdle.failure === 'F-19' ? ', which makes it again empty afterwards' : ` (skipped: ${whatSkippingMeans(gone[0]!)})`}`,
      },
    };
  return {
    steps: [
      ...left.flatMap((one) => clearing(stack, one)),
      ...skipped.map((one) => ({
        ...step('skip', 'TYPED', `skip ${one.skipName} (${one.type}): ${whatSkippingMeans(one)}`),
        confirm: `${environment}/${id}.${one.skipName}`,
        resource: one.skipName,
      })),
      step(
        'continue-rollback',
        'ASK',
        `continue the rollback of ${stackName}: it goes back to what it was before the update`,
      ),
      ...(lost.length > 0 ? [restored(stackName, lost)] : []),
      PROOF,
    ],
  };
}

/**
 * What was deleted behind the back of a stack that stands is made again, as the stack's own template says (F-19), and
 * rights that were changed by hand are changed back (F-46).
 */
function restoration({ changed = [], lost, stackName }: StuckStack): RecoveryPlan {
  const again = lost.length > 0 ? [restored(stackName, lost)] : [];
  const steps = [...again, ...changingBack(stackName, changed)];
  return { steps: steps.length > 0 ? [...steps, PROOF] : [] };
}

const restored = (stackName: string, lost: StuckStack['lost']): RecoveryStep => ({
  ...step(
    'restore',
    'ASK',
    `make ${lost.map(({ logicalId, type }) => `${logicalId} (${type})`).join(', ')} again as the template of ${stackName} says, empty where ${lost.length === 1 ? 'it' : 'they'} held anything`,
  ),
  resource: lost.map(({ logicalId }) => logicalId).join(', '),
});

function rollBack({ blocked, stackName }: StuckStack): RecoveryPlan {
  return {
    steps: [
      ...blocked.filter(({ hurdle }) => hurdle.way === 'wait' && hurdle.waitMs).map(waiting),
      step('roll-back', 'ASK', `roll ${stackName} back to what it was before the update that failed`),
      PROOF,
    ],
  };
}

function tellAgain({ stackName }: StuckStack): RecoveryPlan {
  const text = `tell ${stackName} again where ECS has moved the requests: its rule stays as it is`;
  return { steps: [step('tell-traffic', 'AUTO', text), PROOF] };
}

function deletion(stack: StuckStack, why: string): RecoveryPlan {
  const { blocked, environment, everStood, id, precious, retain, stackName, terminationProtection } = stack;
  const unknown = retain.filter((name) => !blocked.some(({ logicalId }) => logicalId === name));
  if (unknown.length > 0)
    return untold(
      `${unknown.join(', ')} of ${stackName} did not resist its deletion, so it cannot be left behind by it`,
      blocked.length > 0 ? `only these can be: ${names(blocked)}` : `platform recover ${id} deletes it as a whole`,
    );
  const kept = blocked.filter(({ logicalId }) => retain.includes(logicalId));
  const stood = everStood !== 'no';
  const lost = precious.map(({ text }) => text);
  return {
    steps: [
      ...blocked.filter((one) => !kept.includes(one)).flatMap((one) => clearing(stack, one)),
      ...(terminationProtection
        ? [
            {
              ...step('unprotect-stack', 'TYPED', `lift the termination protection of ${stackName} (F-08)`),
              confirm: `${environment}/stacks.${id}`,
            },
          ]
        : []),
      ...precious.map(({ thing, text }) => ({
        ...step('lose', 'TYPED', text),
        confirm: `${environment}/${thing}`,
      })),
      {
        ...step(
          'delete-stack',
          stood ? 'TYPED' : 'ASK',
          [
            `delete ${stackName}: ${why}`,
            ...(stood ? ['it has stood before, so this is the end of something that worked'] : []),
            ...(kept.length > 0 ? [`${names(kept)} stay behind and belong to no stack any more`] : []),
            ...(lost.length > 0 ? ['what was named above is lost'] : []),
          ].join('; '),
        ),
        ...(stood ? { confirm: `${environment}/stacks.${id}` } : {}),
      },
    ],
  };
}

/** What has to happen to one resource before the stack can go on. */
function clearing({ environment }: StuckStack, one: Blocked): RecoveryStep[] {
  const { hurdle, thing, type } = one;
  const typed = { confirm: `${environment}/${thing}`, resource: one.logicalId };
  switch (hurdle.way) {
    case 'wait':
      return hurdle.waitMs ? [waiting(one)] : [];
    case 'unprotect':
      return [
        {
          ...step(
            'unprotect',
            'TYPED',
            `take a snapshot of ${one.physicalId}, lift its deletion protection for as long as this takes, and let CloudFormation delete it`,
          ),
          ...typed,
        },
      ];
    case 'empty-bucket':
    case 'empty-repository': {
      const what = type === 'AWS::S3::Bucket' ? 'object versions' : 'images';
      const held = one.holds === undefined ? `all ${what}` : `${one.holds} ${what}`;
      return [{ ...step(hurdle.way, 'TYPED', `delete ${held} of ${one.physicalId}`), ...typed }];
    }
    case 'mend-role':
      return BOOTSTRAP_ROLE.test(one.reason)
        ? [step('repair-bootstrap', 'ASK', 'bring back the roles of the CDK bootstrap (platform bootstrap repair)')]
        : [tell(one, hurdle.mend!)];
    case 'tell':
      return [tell(one, hurdle.mend ?? 'mend what the reason says')];
    case 'gone':
      return [];
  }
}

const waiting = ({ hurdle, logicalId }: Blocked): RecoveryStep => ({
  ...step('wait', 'AUTO', `wait ${Math.round((hurdle.waitMs ?? 0) / 1000)} s: ${hurdle.why}`),
  resource: logicalId,
  waitMs: hurdle.waitMs ?? 0,
});

const tell = ({ logicalId }: Blocked, text: string): RecoveryStep => ({
  ...step('tell', 'TELL', text),
  resource: logicalId,
});

const step = (what: RecoveryStep['do'], stepClass: StepClass, text: string): RecoveryStep => ({
  do: what,
  class: stepClass,
  text,
});

const PROOF = step('prove', 'AUTO', 'compare every resource with what the stack believes (drift detection)');

const names = (resources: readonly FailedResource[]): string => resources.map(({ logicalId }) => logicalId).join(', ');
