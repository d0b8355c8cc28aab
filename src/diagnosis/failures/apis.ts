import type { Failure } from '../failure.ts';

/** API Gateway. */
export const API_FAILURES: readonly Failure[] = [
  {
    id: 'F-122',
    stage: 'pre',
    handling: 'ASK',
    title: 'API Gateway has no role for its logs in this account',
  },
  {
    id: 'F-123',
    stage: 'pre',
    handling: 'TELL',
    title: 'the authorizer’s answer is cached for one route, or of the wrong form',
  },
  {
    id: 'F-124',
    stage: 'dep',
    handling: 'AUTO',
    title: 'the stage still has the old deployment',
    noScenario: 'prevented: every change makes another deployment',
  },
  {
    id: 'F-125',
    stage: 'run',
    handling: 'TELL',
    title: 'the answer takes longer or is larger than API Gateway lets through',
  },
  {
    id: 'F-126',
    stage: 'pre',
    handling: 'AUTO',
    title: 'errors have no CORS headers',
    noScenario: 'prevented: answers of API Gateway have the headers too',
  },
];
