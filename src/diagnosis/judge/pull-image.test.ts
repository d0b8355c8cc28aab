import { expect, it } from 'vitest';
import { ABSENT, DENIED, endedWith, found, PATIENT } from '../../testing/judged.ts';
import type { ImageSeen } from '../collect/image-seen.ts';
import { evidenceOf } from '../shown-evidence.ts';
import { imageOfOthers, judgeImagePull } from './pull-image.ts';

const DIGEST = `sha256:${'1f'.repeat(32)}`;
const seen = (changes: Partial<ImageSeen> = {}): ImageSeen => ({
  image: `111111111111.dkr.ecr.us-east-1.amazonaws.com/demo-web@${DIGEST}`,
  place: { account: '111111111111', region: 'us-east-1', repository: 'demo-web', reference: { digest: DIGEST } },
  repository: found(true as const),
  facts: ABSENT,
  ...changes,
});
const facts = (platforms: string[], attestations = false) =>
  found({
    digest: DIGEST,
    mediaType: 'x',
    platforms,
    attestations,
    bytes: 0,
    layers: 0,
    ports: [],
    command: [],
    placeholder: false,
  });
const judge = (
  complaint: Parameters<typeof judgeImagePull>[1],
  image: ImageSeen,
  more: { platform?: string; ranBefore?: ReturnType<typeof evidenceOf> } = {},
) =>
  judgeImagePull(PATIENT, complaint, {
    end: endedWith('CannotPullContainerError: …'),
    image,
    platform: 'linux/amd64',
    ranBefore: undefined,
    ...more,
  });

it('F-35 and not F-36, not F-37: says what the image is for, and what its tasks run on', () => {
  expect(judge({ kind: 'platform' }, seen({ facts: facts(['linux/arm64']) }))).toMatchObject({
    id: 'F-35',
    recurs: 'always',
    what: 'its image is for linux/arm64, and its tasks run on linux/amd64',
    remedy: expect.stringContaining('architecture: arm64 of services.web'),
    evidence: [{}, { call: 'ecr:BatchGetImage', value: '["linux/arm64"]' }],
  });
  expect(judge({ kind: 'platform' }, seen({ facts: DENIED }))).toMatchObject({ id: 'F-35', evidence: [{}] });
});

it('F-37 and not F-43: tells an image that never was from a repository that never was, and from one that came since', () => {
  const absent = (one: Partial<ImageSeen>) => judge({ kind: 'not-found' }, seen(one));
  expect(absent({})).toMatchObject({ id: 'F-37', recurs: 'always', what: expect.stringMatching(/^there is no image/) });
  expect(absent({ repository: ABSENT }).what).toBe('there is no repository demo-web in us-east-1');
  expect(absent({ facts: facts(['linux/amd64']) })).toMatchObject({
    id: 'F-37',
    recurs: 'maybe',
    remedy: PATIENT.again,
  });
});

it('F-43 and not F-37: tasks of the same definition have run', () => {
  const ranBefore = evidenceOf('ecs:DescribeServices', 'services[0].deployments[1].taskDefinition', 'web:7');
  expect(judge({ kind: 'not-found' }, seen(), { ranBefore })).toMatchObject({
    id: 'F-43',
    certainty: 'certain',
    evidence: [{}, { value: '[]' }, { value: 'web:7' }],
    remedy: expect.stringContaining('platform rollback web --env dev'),
  });
});

it('F-41 and not F-35 for attestations, F-42 and not F-45 for a limit that passes', () => {
  expect(judge({ kind: 'attestation' }, seen({ facts: facts(['linux/amd64'], true) }))).toMatchObject({
    id: 'F-41',
    recurs: 'always',
    evidence: [{}, { value: 'true' }],
  });
  expect(judge({ kind: 'rate-limit' }, seen({ image: 'node:24', place: undefined }))).toMatchObject({
    id: 'F-42',
    recurs: 'passing',
    what: expect.stringContaining('node:24'),
  });
});

it('F-46: a registry of others that answers 403 is only possibly that', () => {
  const end = endedWith('CannotPullContainerError: 403 Forbidden');
  const image = seen({ image: 'ghcr.io/acme/web:1', place: undefined });
  expect(imageOfOthers(PATIENT, { end, image, platform: 'linux/amd64', ranBefore: undefined })).toMatchObject({
    id: 'F-46',
    certainty: 'possible',
  });
});
