import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { planRecovery } from '../../domain/recovery/recovery-plan.ts';
import { findAccessStack } from '../access/access-stack.ts';
import { type BootstrapState, bootstrapState } from '../bootstrap/bootstrap-state.ts';
import { findAccountStack } from '../ci/account-stack.ts';
import { findStacks } from '../stacks/named-stacks.ts';
import { stateOf } from '../state-of.ts';
import { readStuck } from './read-stuck.ts';

/** The contract of `recover --json` without a stack. */
export interface StuckList {
  environment: string;
  stacks: {
    id: string;
    /** The stack's name. */
    stack: string;
    status: string;
    /** The first thing that went wrong; null where the events do not say. */
    cause: string | null;
    /** What is to be done, step by step. */
    needs: string[];
    command: string;
  }[];
}

const RESTS = /^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK|IMPORT_ROLLBACK)_COMPLETE$/;

/** The stuck stacks of an environment, the bootstrap it stands on among them, and what each needs. Only reads. */
export async function listStuck(session: Session): Promise<StuckList> {
  const { aws, environment } = session;
  const { state } = await stateOf(session);
  const [own, account, access, bootstrap] = await Promise.all([
    findStacks(session, state),
    findAccountStack(session),
    findAccessStack(session),
    bootstrapState(aws, environment.blocks.bootstrap.qualifier),
  ]);
  const found = [...own, account, access].filter((one) => one !== undefined);
  const flags = environmentFlags(environment);
  const stuck = await Promise.all(
    found
      .filter(({ stack }) => !RESTS.test(stack.StackStatus!))
      .map(async ({ stack: _, ...named }) => {
        const situation = await readStuck(session, named, { skip: [], retain: [] });
        if (!situation) return [];
        const { cause, stack } = situation;
        const { steps, stop } = planRecovery(stack);
        return [
          {
            id: named.id,
            stack: named.stackName,
            status: stack.status,
            cause: cause ? `${cause.logicalId} (${cause.type}): ${cause.reason}` : null,
            needs: stop ? [stop.message, stop.remedy] : steps.map(({ text }) => text),
            command: `platform recover ${named.id} ${flags}`,
          },
        ];
      }),
  );
  return { environment: environment.name, stacks: [...damaged(bootstrap, flags), ...stuck.flat()] };
}

function damaged({ condition, stackName, status, region }: BootstrapState, flags: string): StuckList['stacks'] {
  if (condition === 'healthy' || condition === 'missing') return [];
  return [
    {
      id: 'bootstrap',
      stack: stackName,
      status: status ?? 'missing',
      cause: null,
      needs: [`a repair of the CDK bootstrap of ${region}`],
      command: `platform recover bootstrap ${flags}`,
    },
  ];
}
