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
  {
    id: 'F-38',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the login to the registry is missing or has expired',
    noScenario: 'it is of the container engine of this machine, and the sandbox takes every login',
  },
  {
    id: 'F-39',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the tag exists already and is immutable',
    noScenario: 'repositories of ours let a tag move; the text of others is known',
  },
  {
    id: 'F-40',
    stage: 'pre',
    handling: 'TELL',
    title: 'no container engine answers on this machine',
    noScenario: 'it is of this machine: stop its container engine',
  },
  {
    id: 'F-41',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the image carries attestations that Fargate or Lambda do not take',
    noScenario: 'images are built without them; one that has them is told beside what comes first',
  },
  { id: 'F-42', stage: 'dep', handling: 'TELL', title: 'the registry limits anonymous pulls' },
  {
    id: 'F-43',
    stage: 'pre',
    handling: 'ASK',
    title: 'the image that runs was deleted from the registry, so no new task can start',
  },
];
