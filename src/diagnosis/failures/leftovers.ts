import type { Failure } from '../failure.ts';

/** What stays behind, and what fails in silence. */
export const LEFTOVER_FAILURES: readonly Failure[] = [
  { id: 'F-137', stage: 'del', handling: 'TYPED', title: 'the bucket is not empty' },
  { id: 'F-138', stage: 'del', handling: 'ASK', title: 'a network interface of others keeps a group or subnet' },
  {
    id: 'F-139',
    stage: 'del',
    handling: 'AUTO',
    title: 'the capacity provider is still in use',
    noScenario: 'no provider is ever taken from a cluster of ours',
  },
  {
    id: 'F-140',
    stage: 'del',
    handling: 'ASK',
    title: 'the cluster still has services or tasks',
    noScenario: 'destroy stops the tasks of its own and refuses where others have some',
  },
  {
    id: 'F-141',
    stage: 'del',
    handling: 'ASK',
    title: 'a log group is left behind or was made again',
    noScenario: 'log groups stand in stacks; one that came back is found by cleanup',
  },
  {
    id: 'F-142',
    stage: 'del',
    handling: 'TYPED',
    title: 'the repository still has images',
    noScenario: 'repositories stay when an environment goes',
  },
  { id: 'F-143', stage: 'pre', handling: 'ASK', title: 'what stayed of an earlier environment is in the way' },
  {
    id: 'F-144',
    stage: 'del',
    handling: 'TYPED',
    title: 'something that others use would be deleted',
    noScenario: 'prevented: what others use is never deleted',
  },
  {
    id: 'F-145',
    stage: 'run',
    handling: 'AUTO',
    title: 'nobody has confirmed to receive the alarms',
    noScenario: 'an address that nobody confirmed is no failure of AWS: configure observability.alarmEmails',
  },
  {
    id: 'F-146',
    stage: 'run',
    handling: 'ASK',
    title: 'an alarm looks at something that is not there',
    noScenario: 'alarms are made of what their stacks tell',
  },
  {
    id: 'F-147',
    stage: 'run',
    handling: 'TELL',
    title: 'billing metrics are only in us-east-1, when they are switched on',
    noScenario: 'it is a setting of the account, which the sandbox does not have',
  },
  {
    id: 'F-148',
    stage: 'pre',
    handling: 'AUTO',
    title: 'a template holds a value that a look-up made up',
    noScenario: 'nothing of ours looks anything up',
  },
  {
    id: 'F-149',
    stage: 'pre',
    handling: 'TELL',
    title: 'the tools on this machine do not fit together',
    noScenario: 'it is of this machine: an older Node.js',
  },
  { id: 'F-150', stage: 'dep', handling: 'AUTO', title: 'the evidence of a failure has gone' },
];
