import type { Failure } from '../failure.ts';

/** Queues, functions, buses, gradual rollouts. */
export const EVENT_FAILURES: readonly Failure[] = [
  {
    id: 'F-96',
    stage: 'dep',
    handling: 'AUTO',
    title: 'the queue was deleted less than a minute ago',
    noScenario: 'our queues have no fixed names, so that it cannot happen to them',
  },
  { id: 'F-97', stage: 'pre', handling: 'AUTO', title: 'the visibility timeout is shorter than the function may take' },
  {
    id: 'F-98',
    stage: 'run',
    handling: 'ASK',
    title: 'messages pile up in the dead-letter queue',
  },
  {
    id: 'F-99',
    stage: 'pre',
    handling: 'TELL',
    title: 'good messages are processed again with the bad ones',
    noScenario: 'prevented: queues report single failures unless it is switched off',
  },
  {
    id: 'F-100',
    stage: 'pre',
    handling: 'ASK',
    title: 'reserved concurrency would leave the account too little',
  },
  {
    id: 'F-101',
    stage: 'dep',
    handling: 'ASK',
    title: 'the function may not make network interfaces, or there is no room for one',
    noScenario: 'a deployment makes the role and its network; by hand it takes an account that is full',
  },
  {
    id: 'F-102',
    stage: 'run',
    handling: 'ASK',
    title: 'the function has no way out of its network',
    noScenario: 'a function that hangs would have to run for its whole timeout',
  },
  {
    id: 'F-103',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the bundle lacks a module or holds one for another platform',
  },
  { id: 'F-104', stage: 'pre', handling: 'ASK', title: 'the runtime is no longer supported' },
  {
    id: 'F-105',
    stage: 'run',
    handling: 'TELL',
    title: 'the handler hides its errors',
  },
  {
    id: 'F-106',
    stage: 'run',
    handling: 'ASK',
    title: 'the bus cannot reach its target',
  },
  {
    id: 'F-107',
    stage: 'dep',
    handling: 'AUTO',
    title: 'an alarm stopped the shift to a new version',
  },
  {
    id: 'F-108',
    stage: 'pre',
    handling: 'TELL',
    title: 'the alarm of the shift stands before it begins',
    noScenario: 'prevented: an alarm watches one version, which has no past',
  },
];
