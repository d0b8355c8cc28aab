import type { Failure } from '../failure.ts';

/** Pipelines, networks, quotas. */
export const PIPELINE_FAILURES: readonly Failure[] = [
  {
    id: 'F-127',
    stage: 'pre',
    handling: 'ASK',
    title: 'the role does not trust the subject of this workflow',
  },
  {
    id: 'F-128',
    stage: 'pre',
    handling: 'ASK',
    title: 'the subject of new repositories has another form',
    noScenario: 'it takes a repository on GitHub whose ids can be asked for',
  },
  {
    id: 'F-129',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the workflow may not ask for a token',
    noScenario: 'it is of the job on GitHub: workflows that init writes ask for a token',
  },
  {
    id: 'F-130',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the account has the provider already',
  },
  {
    id: 'F-131',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the deploying role may not pass the task’s role',
    noScenario: 'the role of the pipeline may pass the roles of tasks; the text of others is known',
  },
  {
    id: 'F-132',
    stage: 'pre',
    handling: 'TELL',
    title: 'the pipeline asks for an output that is not there',
    noScenario: 'it is of the job on GitHub: outputs of an environment that was never deployed',
  },
  { id: 'F-133', stage: 'pre', handling: 'AUTO', title: 'a newer push ended the deployment in the middle' },
  {
    id: 'F-134',
    stage: 'pre',
    handling: 'ASK',
    title: 'the account has no room for another network or address',
  },
  {
    id: 'F-135',
    stage: 'run',
    handling: 'ASK',
    title: 'one NAT gateway serves every zone',
    noScenario: 'it is a choice of the configuration: network.nat',
  },
  {
    id: 'F-136',
    stage: 'pre',
    handling: 'ASK',
    title: 'every network has the same range, so they can never be joined',
  },
];
