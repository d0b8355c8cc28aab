import { expect, it } from 'vitest';
import { ABSENT, endedWith, found, PATIENT } from '../../testing/judged.ts';
import { judgeStartRefusal, refusedStarts, unhealthyEvents, unusableRole } from './start-refusal.ts';
import { judgeUnusableRole } from './unusable-role.ts';

it.each([
  [
    'F-55',
    'unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.',
    'passing',
  ],
  [
    'F-56',
    "unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently.",
    'maybe',
  ],
  ['F-56', "You've reached the limit on the number of tasks you can run concurrently", 'maybe'],
  [
    'F-57',
    'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
    'always',
  ],
  ['F-58', 'unable to place a task. Reason: Internal error.', 'maybe'],
  ['F-61', 'failed to launch a task with (error TaskDefinition is inactive).', 'always'],
  [
    'F-62',
    'unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
    'maybe',
  ],
])('F-55, F-56, F-57, F-58, F-61 and F-62 by the words of ECS: %s %s', (id, reason, recurs) => {
  expect(judgeStartRefusal(PATIENT, endedWith(reason))).toMatchObject({
    id,
    recurs,
    certainty: 'certain',
    evidence: [{ value: reason }],
  });
});

it('not F-55, not F-56, not F-57, not F-58, not F-61, not F-62, not F-52 by itself: a task not placed for another reason, a circuit breaker', () => {
  expect(judgeStartRefusal(PATIENT, endedWith('unable to place a task. Reason: no subnets.'))).toBeUndefined();
  expect(
    judgeStartRefusal(PATIENT, endedWith('ECS deployment circuit breaker: tasks failed to start.')),
  ).toBeUndefined();
});

const at = (second: number) => new Date(second * 1000);

it('reads of the events those of this rollout, each reason once, and names their place', () => {
  const message = '(service web) was unable to place a task. Reason: Capacity is unavailable at this time.';
  const events = [
    { message, createdAt: at(9) },
    { message: '(service web) has reached a steady state.', createdAt: at(8) },
    { message, createdAt: at(7) },
    { message: '(service web) was unable to place a task. Reason: Internal error.', createdAt: at(2) },
  ];
  const service = { deployments: [{ id: 'ecs-svc/2', createdAt: at(5) }], events };
  expect(refusedStarts(service, { rollout: 'ecs-svc/2' })).toMatchObject([
    { count: 2, said: { call: 'ecs:DescribeServices', read: 'services[0].events[0].message' } },
  ]);
  expect(refusedStarts(service, { rollout: undefined })).toHaveLength(1);
  expect(refusedStarts(service, { rollout: undefined, since: 0 })).toHaveLength(2);
});

it('reads of a rollout that was taken back what stands between its end and the calm before it', () => {
  const said = (text: string) => ({ message: `(service web) ${text}`, createdAt: at(1) });
  const events = [
    said('was unable to place a task. Reason: Internal error.'),
    said('(deployment ecs-svc/2) deployment failed: tasks failed to start.'),
    said('was unable to place a task. Reason: Capacity is unavailable at this time.'),
    said('has reached a steady state.'),
    said('was unable to place a task. Reason: the sky fell.'),
  ];
  expect(refusedStarts({ events }, { rollout: 'ecs-svc/2' }).map(({ index }) => index)).toEqual([2]);
});

it('reads what the load balancer said of a task, with and without its id', () => {
  const said = unhealthyEvents([
    {
      message:
        '(service web) (task 0f1e) (port 8000) is unhealthy in (target-group arn:aws:x) due to (reason Health checks failed with these codes: [404]).',
    },
    {
      message: '(service web) (port 8000) is unhealthy in (target-group arn:aws:x) due to (reason Request timed out).',
    },
    { message: '(service web) has stopped 1 running tasks: (task 0f1e).' },
  ]);
  expect(said.map(({ task, reason }) => [task, reason])).toEqual([
    ['0f1e', 'Health checks failed with these codes: [404]'],
    [undefined, 'Request timed out'],
  ]);
});

it('F-46: a role that ECS cannot take on: gone, or trusting somebody else', () => {
  const arn = 'arn:aws:iam::111111111111:role/web-task';
  const reason = `failed to launch a task with (error ECS was unable to assume the role '${arn}' that was provided for this task.)`;
  expect(unusableRole(reason)).toBe(arn);
  const judge = (role: Parameters<typeof judgeUnusableRole>[1]['rights']['role']) =>
    judgeUnusableRole(PATIENT, { end: endedWith(reason), rights: { arn, role, decision: ABSENT } });
  expect(judge(ABSENT)).toMatchObject({ id: 'F-46', what: 'role web-task of its tasks is gone' });
  const trusted = encodeURIComponent('{"Principal":{"Service":"ecs-tasks.amazonaws.com"}}');
  expect(judge(found({ AssumeRolePolicyDocument: trusted } as never))).toMatchObject({
    certainty: 'possible',
    recurs: 'maybe',
  });
  const trust = encodeURIComponent('{"Principal":{"Service":"lambda.amazonaws.com"}}');
  expect(judge(found({ AssumeRolePolicyDocument: trust } as never))).toMatchObject({
    what: expect.stringContaining('trust policy'),
    evidence: [{}, { value: expect.stringContaining('lambda.amazonaws.com') }],
  });
});
