import type { Cause, Evidence } from '../cause.ts';
import type { ImageSeen } from '../collect/image-seen.ts';
import { seen } from '../look.ts';
import { evidenceOf } from '../shown-evidence.ts';
import type { ImageComplaint } from './image-complaint.ts';
import { certain, type Patient, possible, type TaskEnd } from './patient.ts';

export interface PullEvidence {
  end: TaskEnd;
  image: ImageSeen;
  /** `linux/amd64`: what the task definition asks for. */
  platform: string;
  /** Tasks of this very image have run before, by what was read for it. */
  ranBefore: Evidence | undefined;
}

/** An image that is there and does not fit, or is not there: F-35, F-37, F-41, F-42, F-43. */
export function judgeImagePull(
  patient: Patient,
  complaint: Extract<ImageComplaint, { kind: 'platform' | 'attestation' | 'not-found' | 'rate-limit' }>,
  evidence: PullEvidence,
): Cause {
  const said = evidence.end.said;
  const rebuild = rebuilt(patient);
  switch (complaint.kind) {
    case 'platform':
      return otherPlatform(patient, { said, ...evidence });
    case 'attestation':
      return certain(
        patient,
        {
          id: 'F-41',
          what: `its image is an index with attestations, of which the host refuses the parts (${evidence.image.image})`,
          remedy: `${rebuild}: it builds with --provenance=false --sbom=false`,
          recurs: 'always',
        },
        [said, ...attestationsRead(evidence.image)],
      );
    case 'rate-limit':
      return certain(
        patient,
        {
          id: 'F-42',
          what: `the registry of ${evidence.image.image} lets nobody pull as often as its tasks are started`,
          remedy: `take it from ECR: build on public.ecr.aws/docker/library/…, or a pull-through cache, then ${rebuild}`,
          recurs: 'passing',
        },
        [said],
      );
    case 'not-found':
      return absentImage(patient, { said, ...evidence });
  }
}

function otherPlatform(patient: Patient, { said, image, platform }: PullEvidence & { said: Evidence }): Cause {
  const facts = seen(image.facts);
  const has = facts?.platforms.join(', ');
  const other = platform === 'linux/arm64' ? 'amd64' : 'arm64';
  return certain(
    patient,
    {
      id: 'F-35',
      what: `its image is ${has ? `for ${has}` : 'for another processor'}, and its tasks run on ${platform}`,
      remedy: `${rebuilt(patient)} builds it for ${platform}; or architecture: ${other} of ${patient.subject} in platform.yaml`,
      recurs: 'always',
    },
    [said, ...(facts ? [evidenceOf('ecr:BatchGetImage', 'platforms', facts.platforms)] : [])],
  );
}

function absentImage(patient: Patient, { said, image, ranBefore }: PullEvidence & { said: Evidence }): Cause {
  const facts = seen(image.facts);
  const push = `platform image push ${patient.name} ${patient.flags}`;
  if (facts)
    return certain(
      patient,
      {
        id: 'F-37',
        what: `image ${image.image} was not there when the task started, and is now`,
        remedy: patient.again,
        recurs: 'maybe',
      },
      [said, evidenceOf('ecr:BatchGetImage', 'images[0].imageId.imageDigest', facts.digest)],
    );
  const { place, repository } = image;
  if (place && repository.state === 'absent')
    return certain(
      patient,
      {
        id: 'F-37',
        what: `there is no repository ${place.repository} in ${place.region}`,
        remedy: `platform deploy ${patient.flags} makes it, and pushes the image`,
        recurs: 'always',
      },
      [said, evidenceOf('ecr:DescribeRepositories', 'repositories', [])],
    );
  const read: readonly Evidence[] =
    image.facts.state === 'absent' && place ? [evidenceOf('ecr:BatchGetImage', 'images', [])] : [];
  if (ranBefore)
    return certain(
      patient,
      {
        id: 'F-43',
        what: `image ${image.image}, which its tasks ran before, is in its repository no more: a lifecycle rule or somebody removed it`,
        remedy: `${push} --rebuild and platform deploy ${patient.flags} bring a fresh one; or platform rollback ${patient.name} ${patient.flags} to one that is there`,
        recurs: 'always',
      },
      [said, ...read, ranBefore],
    );
  return certain(
    patient,
    {
      id: 'F-37',
      what: `there is no image ${image.image}`,
      remedy: `${push}, then platform deploy ${patient.flags}`,
      recurs: 'always',
    },
    [said, ...read],
  );
}

/** The registry answered 403: the execution role may not pull, or the repository is another account's. */
export function imageOfOthers(patient: Patient, { end, image }: PullEvidence): Cause {
  return possible(
    patient,
    {
      id: 'F-46',
      what: `the registry of ${image.image} does not let its tasks pull: they have no login to it, or its policy does not name this account`,
      remedy:
        'push the image to the repository of the service (platform image push), or ask the owner of the registry for ecr:BatchGetImage',
      recurs: 'always',
    },
    [end.said],
  );
}

const attestationsRead = (image: ImageSeen): Evidence[] => {
  const facts = seen(image.facts);
  return facts ? [evidenceOf('ecr:BatchGetImage', 'attestations', facts.attestations)] : [];
};

const rebuilt = ({ name, flags }: Patient): string =>
  `platform image push ${name} --rebuild ${flags}, then platform deploy ${flags}`;
