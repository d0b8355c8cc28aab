import type { Failure } from '../failure.ts';

/** Secrets. */
export const SECRET_FAILURES: readonly Failure[] = [
  { id: 'F-90', stage: 'pre', handling: 'ASK', title: 'the secret is not there, or has no value' },
  {
    id: 'F-91',
    stage: 'pre',
    handling: 'TYPED',
    title: 'the secret is scheduled for deletion, and its name is not free',
  },
  {
    id: 'F-92',
    stage: 'run',
    handling: 'ASK',
    title: 'a value was replaced by an empty or generated one',
    noScenario: 'prevented: stacks hold no values that people write',
  },
  { id: 'F-93', stage: 'pre', handling: 'AUTO', title: 'the application would start with placeholders' },
  { id: 'F-94', stage: 'run', handling: 'ASK', title: 'running tasks still hold the old value' },
  {
    id: 'F-95',
    stage: 'pre',
    handling: 'AUTO',
    title: 'a value has quotes, line ends or spaces that do not belong to it',
  },
];
