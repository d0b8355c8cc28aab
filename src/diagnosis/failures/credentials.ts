import type { Failure } from '../failure.ts';

/** Credentials, account, region. */
export const CREDENTIAL_FAILURES: readonly Failure[] = [
  { id: 'F-30', stage: 'pre', handling: 'ASK', title: 'the session has expired, or ends before the work would' },
  {
    id: 'F-31',
    stage: 'pre',
    handling: 'AUTO',
    title: 'there are no credentials',
    noScenario: 'the sandbox has credentials of its own, whatever this machine has',
  },
  {
    id: 'F-32',
    stage: 'pre',
    handling: 'TELL',
    title: 'the credentials are for another account',
    noScenario: 'the sandbox has credentials of its own, whatever this machine has',
  },
  { id: 'F-33', stage: 'pre', handling: 'TELL', title: 'no region is set, or it is not enabled in this account' },
  { id: 'F-34', stage: 'pre', handling: 'TELL', title: 'this machine’s clock is off, so AWS rejects its signatures' },
];
