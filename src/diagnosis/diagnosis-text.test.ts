import { expect, it } from 'vitest';
import type { Diagnosis } from './cause.ts';
import { diagnosisLines, firstCause, toldDiagnosis } from './diagnosis-text.ts';

const DIAGNOSIS: Diagnosis = {
  causes: [
    {
      id: 'F-44',
      subject: 'services.web',
      what: 'secret dev/app has no key API_KEY',
      remedy: 'platform secrets push --env dev',
      recurs: 'always',
      certainty: 'certain',
      evidence: [
        { call: 'ecs:DescribeTasks', read: 'tasks[0].stoppedReason', value: 'did not contain json key API_KEY' },
        { call: 'secretsmanager:GetSecretValue', read: 'keys', value: '["SIGNING_KEY"]' },
      ],
    },
    {
      id: 'F-45',
      subject: 'stacks.network',
      what: 'a hop is broken',
      remedy: 'mend it',
      recurs: 'maybe',
      certainty: 'possible',
      evidence: [],
    },
  ],
  unseen: [
    { what: 'role x', permission: 'iam:GetRole', reason: 'AWS denied iam:GetRole' },
    { what: 'subnet y', reason: 'ec2:DescribeSubnets gave no answer within 8 s' },
  ],
};

it('tells what is wrong, where that was read, the way out, and what was not seen', () => {
  expect(diagnosisLines(DIAGNOSIS).join('\n')).toMatchInlineSnapshot(`
    "web: secret dev/app has no key API_KEY (F-44)
      read: ecs:DescribeTasks tasks[0].stoppedReason = "did not contain json key API_KEY"
      read: secretsmanager:GetSecretValue keys = ["SIGNING_KEY"]
      fix: platform secrets push --env dev
    stacks.network: possibly a hop is broken (F-45)
      fix: mend it
    could not look at role x: permission iam:GetRole
    could not look at subnet y: ec2:DescribeSubnets gave no answer within 8 s"
  `);
  expect(firstCause(DIAGNOSIS)?.id).toBe('F-44');
  expect(Object.keys(toldDiagnosis(DIAGNOSIS).causes[0]!)).toEqual([
    'id',
    'subject',
    'what',
    'certainty',
    'evidence',
    'remedy',
  ]);
});
