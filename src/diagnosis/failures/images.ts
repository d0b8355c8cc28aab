import type { Failure } from '../failure.ts';

/** Images, registries, container engines. */
export const IMAGE_FAILURES: readonly Failure[] = [
  {
    id: 'F-35',
    stage: 'pre',
    handling: 'ASK',
    title: 'the image has no variant for the platform that the task asks for',
  },
  {
    id: 'F-36',
    stage: 'run',
    handling: 'ASK',
    title: 'the program in the image is for another processor, or its script cannot be executed',
  },
  { id: 'F-37', stage: 'pre', handling: 'AUTO', title: 'the image is not in the registry' },
  { id: 'F-38', stage: 'pre', handling: 'AUTO', title: 'the login to the registry is missing or has expired' },
  { id: 'F-39', stage: 'pre', handling: 'AUTO', title: 'the tag exists already and is immutable' },
  { id: 'F-40', stage: 'pre', handling: 'TELL', title: 'no container engine answers on this machine' },
  {
    id: 'F-41',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the image carries attestations that Fargate or Lambda do not take',
  },
  { id: 'F-42', stage: 'dep', handling: 'TELL', title: 'the registry limits anonymous pulls' },
  {
    id: 'F-43',
    stage: 'pre',
    handling: 'ASK',
    title: 'the image that runs was deleted from the registry, so no new task can start',
  },
];
