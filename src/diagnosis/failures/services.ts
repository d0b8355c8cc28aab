import type { Failure } from '../failure.ts';

/** ECS services and tasks. */
export const SERVICE_FAILURES: readonly Failure[] = [
  { id: 'F-44', stage: 'pre', handling: 'ASK', title: 'the secret does not have a key that the task is given' },
  { id: 'F-45', stage: 'pre', handling: 'ASK', title: 'the task has no way to the registry, the secrets or the logs' },
  {
    id: 'F-46',
    stage: 'run',
    handling: 'ASK',
    title: 'the execution role may not read the secret, its key or the image',
  },
  {
    id: 'F-47',
    stage: 'pre',
    handling: 'ASK',
    title: 'the value of the secret is not JSON, and a key of it is asked for',
  },
  {
    id: 'F-48',
    stage: 'run',
    handling: 'AUTO',
    title: 'the log group of the task is not there',
  },
  {
    id: 'F-49',
    stage: 'run',
    handling: 'ASK',
    title: 'the container was killed because it used more memory than it has',
  },
  { id: 'F-50', stage: 'run', handling: 'TELL', title: 'the program ended by itself' },
  { id: 'F-51', stage: 'run', handling: 'ASK', title: 'the container’s own health check fails' },
  { id: 'F-52', stage: 'dep', handling: 'AUTO', title: 'the circuit breaker took a rollout back, and says no reason' },
  {
    id: 'F-53',
    stage: 'dep',
    handling: 'ASK',
    title: 'the circuit breaker of a first deployment has nothing to go back to',
  },
  { id: 'F-54', stage: 'pre', handling: 'AUTO', title: 'Fargate does not have this pair of CPU and memory' },
  { id: 'F-55', stage: 'dep', handling: 'AUTO', title: 'Fargate has no capacity at the moment' },
  {
    id: 'F-56',
    stage: 'pre',
    handling: 'ASK',
    title: 'the quota of vCPUs is smaller than the rollout needs',
  },
  {
    id: 'F-57',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the service-linked role of ECS is not there',
  },
  {
    id: 'F-58',
    stage: 'pre',
    handling: 'TELL',
    title: 'the subnet is in a zone without Fargate',
    noScenario: 'the sandbox has Fargate in every zone',
  },
  {
    id: 'F-59',
    stage: 'run',
    handling: 'ASK',
    title: 'no shell into a task: one link of the chain of ECS Exec is missing',
  },
  {
    id: 'F-60',
    stage: 'pre',
    handling: 'AUTO',
    title: 'a deployment resets the count that scaling has chosen',
    noScenario: 'prevented: templates leave the count to scaling',
  },
  { id: 'F-61', stage: 'dep', handling: 'ASK', title: 'the task definition to go back to is inactive' },
  {
    id: 'F-62',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the percentages of the rollout leave no room to start or stop a task',
    noScenario: 'percentages are not configured: those of ours fit every count',
  },
];
