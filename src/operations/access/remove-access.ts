import type { Session } from '../../context.ts';
import { type ApartRemoval, removeApart } from '../stacks/apart-stack.ts';
import { accessStack } from './access-stack.ts';

/** The contract of `access remove --json`. */
export type AccessRemoval = ApartRemoval;

/** Takes the roles of people away. Safe to run again. */
export const removeAccess = (session: Session): Promise<AccessRemoval> =>
  removeApart(
    session,
    accessStack(session),
    (stackName) =>
      `Have nobody act in ${session.environment.name} (account ${session.target.account}) by ${stackName} any more, and delete it?`,
  );
