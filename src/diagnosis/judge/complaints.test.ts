import { expect, it } from 'vitest';
import { imageComplaintOf } from './image-complaint.ts';
import { logComplaintOf } from './log-driver.ts';
import { pullComplaintOf } from './pull-complaint.ts';

const PREFIX =
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:';
const ASM = `${PREFIX} unable to retrieve secret from asm: service call has been retried 1 time(s):`;
const ARN = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:dev/app-AbCdEf';
const ROLE = 'arn:aws:sts::111111111111:assumed-role/web-execution/0f';

it.each([
  [
    'F-44',
    `${ASM} retrieved secret from Secrets Manager did not contain json key API_KEY`,
    { kind: 'key-missing', key: 'API_KEY' },
  ],
  [
    'F-44 in an event',
    `${ASM} retrieved secret from Secrets Manager did not contain json key app.id.`,
    { kind: 'key-missing', key: 'app.id' },
  ],
  ['F-47', `${ASM} invalid character '\\'' looking for beginning of value`, { kind: 'not-json' }],
  [
    'F-47 of a list',
    `${ASM} json: cannot unmarshal array into Go value of type map[string]interface {}`,
    { kind: 'not-json' },
  ],
  [
    'F-90',
    `${ASM} failed to fetch secret ${ARN} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
    { kind: 'secret-absent', arn: ARN },
  ],
  [
    'F-91',
    `${ASM} failed to fetch secret ${ARN} from secrets manager: InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.`,
    { kind: 'secret-in-deletion', arn: ARN },
  ],
  [
    'F-46',
    `${ASM} AccessDeniedException: User: ${ROLE} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${ARN} because no identity-based policy allows the secretsmanager:GetSecretValue action`,
    {
      kind: 'denied',
      refusal: { action: 'secretsmanager:GetSecretValue', resource: ARN, session: ROLE, how: 'identity' },
    },
  ],
  [
    'F-46 of a key',
    `${ASM} AccessDeniedException: Access to KMS is not allowed`,
    { kind: 'denied', refusal: { how: 'kms' } },
  ],
  [
    'F-45 of Secrets Manager',
    `${ASM} failed to fetch secret ${ARN} from secrets manager: RequestCanceled: request context canceled caused by: context deadline exceeded`,
    { kind: 'unreached', service: 'secretsmanager' },
  ],
  [
    'F-45 of ECR',
    `${PREFIX} unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post "https://api.ecr.us-east-2.amazonaws.com/": dial tcp 10.0.0.9:443: i/o timeout`,
    { kind: 'unreached', service: 'ecr.api' },
  ],
  ['a rest that nobody knows', `${PREFIX} the sky is falling`, { kind: 'unknown' }],
])('F-44, F-45, F-46, F-47, F-90 and F-91 behind one prefix: %s', (_, reason, expected) => {
  expect(pullComplaintOf(reason)).toEqual(expected);
});

it.each([
  [
    'F-35',
    "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'",
    { kind: 'platform', wanted: 'linux/amd64' },
  ],
  [
    'F-35 of older agents',
    'CannotPullContainerError: failed to find a descriptor for platform {linux/amd64}',
    { kind: 'platform', wanted: 'linux/amd64' },
  ],
  [
    'F-35 of containerd, which says not found',
    'CannotPullContainerError: failed to unpack image: no match for platform in manifest sha256:1f: not found',
    { kind: 'platform' },
  ],
  [
    'F-37',
    'CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref x.dkr.ecr/web:1: x: not found',
    { kind: 'not-found' },
  ],
  [
    'F-41',
    'CannotPullContainerError: failed to get stream processor for application/vnd.in-toto+json: no processor for media-type',
    { kind: 'attestation' },
  ],
  [
    'F-42',
    'CannotPullContainerError: inspect image has been retried 5 time(s): httpReadSeeker: failed open: unexpected status code 429 Too Many Requests - toomanyrequests: You have reached your pull rate limit',
    { kind: 'rate-limit' },
  ],
  [
    'F-45',
    'CannotPullContainerError: failed to copy: httpReadSeeker: failed open: Get https://x: dial tcp 10.0.0.1:443: i/o timeout',
    { kind: 'unreached' },
  ],
  [
    'F-46',
    'CannotPullContainerError: failed to resolve ref x: unexpected status code [manifests 1]: 403 Forbidden',
    { kind: 'denied' },
  ],
  ['a full disk', 'CannotPullContainerError: failed to register layer: no space left on device', { kind: 'unknown' }],
])('F-35, F-37, F-41, F-42, F-45 and F-46 of an image that is not pulled, not F-43: %s', (_, reason, expected) => {
  expect(imageComplaintOf(reason)).toEqual(expected);
});

it.each([
  [
    'F-48',
    'failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1',
    { kind: 'group-absent' },
  ],
  [
    'F-46',
    `failed to create Cloudwatch log stream: AccessDeniedException: User: ${ROLE} is not authorized to perform: logs:CreateLogStream on resource: g because no identity-based policy allows it`,
    { kind: 'denied', refusal: { action: 'logs:CreateLogStream', resource: 'g', session: ROLE, how: 'identity' } },
  ],
  [
    'F-45',
    'The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. : signal: killed',
    { kind: 'unreached' },
  ],
  ['neither', 'something else', { kind: 'unknown' }],
])('F-48, F-46 and F-45 of a log that cannot be written, not F-48 for each: %s', (_, rest, expected) => {
  expect(logComplaintOf(`ResourceInitializationError: failed to validate logger args: ${rest}`)).toEqual(expected);
});

it('takes no text of another family for its own', () => {
  const other = 'Essential container in task exited';
  expect([pullComplaintOf(other), imageComplaintOf(other), logComplaintOf(other)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(imageComplaintOf(`${PREFIX} not found`)).toBeUndefined();
});
