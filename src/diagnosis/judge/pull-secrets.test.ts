import { expect, it } from 'vitest';
import { ABSENT, DEFINITION, DENIED, endedWith, found, PATIENT } from '../../testing/judged.ts';
import type { RoleRights } from '../collect/role-rights.ts';
import type { SecretSeen } from '../collect/secret-contents.ts';
import { judgeDenied } from './denied.ts';
import { judgeSecrets, secretsConcerned, suspectSecrets } from './pull-secrets.ts';

const ARN = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:demo/dev/app-AbCdEf';
const secret = (changes: Partial<SecretSeen> = {}): SecretSeen => ({
  arn: ARN,
  name: 'demo/dev/app',
  described: found({ hasValue: true }),
  shape: found({ kind: 'object' as const, keys: ['API_KEY'] }),
  ...changes,
});
const end = endedWith('ResourceInitializationError: unable to pull secrets or registry auth: …');
const missing = { kind: 'key-missing', key: 'API_KEY' } as const;
const judged = (complaint: Parameters<typeof judgeSecrets>[1]['complaint'], secrets: SecretSeen[]) =>
  judgeSecrets(PATIENT, { end, complaint, secrets });

it('F-44 and not F-47, not F-90: the key is not there, will not come by itself, and its secret is named', () => {
  const without = secret({ shape: found({ kind: 'object' as const, keys: ['SIGNING_KEY'] }) });
  expect(judged(missing, [without])).toMatchObject([
    {
      id: 'F-44',
      certainty: 'certain',
      recurs: 'always',
      what: 'secret demo/dev/app has no key API_KEY',
      remedy: 'platform secrets push --env dev, then platform redeploy web --env dev',
      evidence: [{ read: 'tasks[0].stoppedReason' }, { read: 'keys', value: '["SIGNING_KEY"]' }],
    },
  ]);
});

it('F-44 that is over: the key was pushed since, so the next task finds it', () => {
  expect(judged(missing, [secret()])).toMatchObject([
    {
      id: 'F-44',
      recurs: 'maybe',
      remedy: 'platform redeploy web --env dev',
      what: expect.stringContaining('has it now'),
    },
  ]);
  expect(judged(missing, [secret({ shape: DENIED })])).toMatchObject([
    { id: 'F-44', recurs: 'always', evidence: [{}] },
  ]);
});

it.each([
  ['text', 'plain text'],
  ['binary', 'binary'],
  ['other-json', 'JSON and no object'],
  ['empty', 'empty'],
] as const)('F-47 and not F-44: a value that is %s has no keys', (kind, words) => {
  expect(judged({ kind: 'not-json' }, [secret({ shape: found({ kind }) })])).toMatchObject([
    {
      id: 'F-47',
      recurs: 'always',
      what: `the value of secret demo/dev/app is ${words}, of which ECS can take no key`,
    },
  ]);
});

it('F-90 and not F-91: tells a secret that is not there from one without a value, and from one that came since', () => {
  const what = (one: Partial<SecretSeen>) => {
    const [cause] = judged({ kind: 'secret-absent', arn: ARN }, [secret(one)]);
    return [cause?.id, cause?.what, cause?.recurs];
  };
  expect(what({ described: ABSENT, shape: ABSENT })).toEqual(['F-90', 'there is no secret demo/dev/app', 'always']);
  expect(what({ described: found({ hasValue: false }), shape: ABSENT })).toEqual([
    'F-90',
    'secret demo/dev/app was made and has no value yet',
    'always',
  ]);
  expect(what({})).toEqual(['F-90', 'secret demo/dev/app was not there when the task started, and is now', 'maybe']);
});

it('F-91 and not F-90: it is there, on its way out', () => {
  const deleted = secret({ described: found({ hasValue: true, deletedAt: new Date('2026-12-01') }), shape: ABSENT });
  expect(judged({ kind: 'secret-in-deletion', arn: ARN }, [deleted])).toMatchObject([
    {
      id: 'F-91',
      remedy:
        'platform secrets restore app --env dev takes it back with its value; then platform redeploy web --env dev',
      evidence: [{}, { read: 'DeletedDate', value: '2026-12-01T00:00:00.000Z' }],
    },
  ]);
});

it('a prefix without a known rest makes nothing certain', () => {
  const without = secret({ shape: found({ kind: 'object' as const, keys: [] }) });
  expect(suspectSecrets(PATIENT, { end, definition: DEFINITION, secrets: [without] })).toMatchObject([
    { id: 'F-44', certainty: 'possible' },
  ]);
  expect(suspectSecrets(PATIENT, { end, definition: DEFINITION, secrets: [secret()] })).toEqual([]);
});

it('looks only at secrets that the text can be about', () => {
  expect(secretsConcerned(missing, DEFINITION)).toEqual([ARN]);
  expect(secretsConcerned({ kind: 'key-missing', key: 'OTHER' }, DEFINITION)).toEqual([]);
  expect(secretsConcerned({ kind: 'secret-absent', arn: ARN.replace('-AbCdEf', '') }, DEFINITION)).toEqual([ARN]);
});

const rights = (changes: Partial<RoleRights> = {}): RoleRights => ({
  arn: 'arn:aws:iam::111111111111:role/web-execution',
  role: found({} as never),
  decision: found('implicitDeny'),
  ...changes,
});
const refusal = { action: 'secretsmanager:GetSecretValue', resource: ARN, how: 'identity' } as const;

it('F-46 and not F-45, not F-44: names role, action and resource, and whose policy refuses', () => {
  expect(judgeDenied(PATIENT, { end, refusal, rights: rights() })).toMatchObject({
    id: 'F-46',
    what: `execution role web-execution may not do secretsmanager:GetSecretValue on ${ARN}`,
    evidence: [{}, { call: 'iam:SimulatePrincipalPolicy', value: 'implicitDeny' }],
  });
  const gone = judgeDenied(PATIENT, { end, refusal, rights: rights({ role: ABSENT, decision: ABSENT }) });
  expect(gone).toMatchObject({
    what: expect.stringMatching(/^execution role web-execution is gone/),
    recurs: 'always',
  });
  // Whoever may not look does not know whether the right was only not there yet.
  expect(judgeDenied(PATIENT, { end, refusal, rights: rights({ decision: DENIED }) }).recurs).toBe('maybe');
  const denied = judgeDenied(PATIENT, { end, refusal, rights: rights({ decision: found('explicitDeny') }) });
  expect(denied.what).toContain('a policy of it denies it');
});

it('F-46 of somebody else: the role may, so it is not its policy', () => {
  const elsewhere = judgeDenied(PATIENT, {
    end,
    refusal: { ...refusal, how: 'resource' },
    rights: rights({ decision: found('allowed') }),
  });
  expect(elsewhere).toMatchObject({
    recurs: 'maybe',
    what: expect.stringContaining("the resource's own policy refuses it"),
  });
  const key = judgeDenied(PATIENT, { end, refusal: { action: 'kms:Decrypt', how: 'kms' }, rights: rights() });
  expect(key.remedy).toContain('in the policy of the KMS key');
});
