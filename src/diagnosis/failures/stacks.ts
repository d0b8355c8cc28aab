import type { Failure } from '../failure.ts';

/** CloudFormation: statuses and deployments. */
export const STACK_FAILURES: readonly Failure[] = [
  {
    id: 'F-01',
    stage: 'pre',
    handling: 'ASK',
    title: 'a first creation failed and left an empty shell in ROLLBACK_COMPLETE',
  },
  {
    id: 'F-02',
    stage: 'pre',
    handling: 'ASK',
    title: 'a new stack waits in REVIEW_IN_PROGRESS for a change set that nobody executed',
  },
  {
    id: 'F-03',
    stage: 'pre',
    handling: 'TYPED',
    title: 'a rollback of an update did not go through: UPDATE_ROLLBACK_FAILED',
  },
  {
    id: 'F-04',
    stage: 'dep',
    handling: 'AUTO',
    title: 'an update was rolled back, and the last event names only what followed from the cause',
  },
  {
    id: 'F-05',
    stage: 'dep',
    handling: 'TYPED',
    title: 'a protected database keeps a failed creation from being rolled back or deleted',
  },
  { id: 'F-06', stage: 'pre', handling: 'ASK', title: 'another operation is under way in the stack' },
  { id: 'F-07', stage: 'del', handling: 'ASK', title: 'the deletion of a stack did not go through: DELETE_FAILED' },
  { id: 'F-08', stage: 'del', handling: 'TYPED', title: 'the stack is protected against termination' },
  { id: 'F-09', stage: 'pre', handling: 'AUTO', title: 'an export is still imported by another stack' },
  {
    id: 'F-10',
    stage: 'pre',
    handling: 'TYPED',
    title: 'something of the same name exists already, and this stack does not own it',
  },
  { id: 'F-11', stage: 'pre', handling: 'TELL', title: 'two stacks or groups would need each other first' },
  {
    id: 'F-12',
    stage: 'pre',
    handling: 'TELL',
    title: 'a subnet would be replaced, and its range is still taken by the old one',
  },
  { id: 'F-13', stage: 'dep', handling: 'ASK', title: 'a resource is in progress for hours and never becomes stable' },
  {
    id: 'F-14',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the template is the same, although something else has changed',
  },
  {
    id: 'F-15',
    stage: 'pre',
    handling: 'AUTO',
    title: 'early validation refuses the change set',
  },
  {
    id: 'F-16',
    stage: 'dep',
    handling: 'TELL',
    title: 'the deploying role may not do something, or an organisation’s policy forbids it',
  },
  { id: 'F-17', stage: 'pre', handling: 'AUTO', title: 'a template is larger than CloudFormation takes' },
  { id: 'F-18', stage: 'dep', handling: 'AUTO', title: 'AWS throttles the calls' },
  { id: 'F-19', stage: 'dep', handling: 'ASK', title: 'a resource of the stack was changed or deleted outside of it' },
  {
    id: 'F-20',
    stage: 'dep',
    handling: 'ASK',
    title: 'an update is complete, and the old resource could not be removed',
  },
];
