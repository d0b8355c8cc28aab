import type { Failure } from '../failure.ts';

/** What the CDK needs in an account before it can deploy. */
export const BOOTSTRAP_FAILURES: readonly Failure[] = [
  { id: 'F-21', stage: 'pre', handling: 'ASK', title: 'account and region were never bootstrapped for the CDK' },
  { id: 'F-22', stage: 'pre', handling: 'ASK', title: 'the bucket of the bootstrap was deleted by hand' },
  { id: 'F-23', stage: 'pre', handling: 'TYPED', title: 'a bucket of an earlier bootstrap is in the way of a new one' },
  { id: 'F-24', stage: 'pre', handling: 'ASK', title: 'the bootstrap is older than the stacks need' },
  { id: 'F-25', stage: 'pre', handling: 'TYPED', title: 'the stack of the bootstrap is stuck' },
  {
    id: 'F-26',
    stage: 'pre',
    handling: 'TELL',
    title: 'a role of the bootstrap is not there, does not trust us, or may not be assumed',
  },
  { id: 'F-27', stage: 'dep', handling: 'TELL', title: 'assets cannot be published: role, bucket or key refuse' },
  {
    id: 'F-28',
    stage: 'pre',
    handling: 'ASK',
    title: 'the bootstrap is so old that a stranger may take its bucket’s name',
  },
  {
    id: 'F-29',
    stage: 'pre',
    handling: 'ASK',
    title: 'the second region is not bootstrapped',
    noScenario: 'an environment of the sandbox has one region until it has a site',
  },
];
