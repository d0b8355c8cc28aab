import type { Scope } from '../../../kernel/scope.ts';
import { findImage, platformMatch } from '../../ecr/find-image.ts';
import { repositories } from '../../ecr/state.ts';
import { fullReference, type ImageReference, parseImage } from '../image-reference.ts';
import { serviceRevisions, services, type TaskDefinitionRow, type TaskRow } from '../state.ts';
import { denial } from './allowed.ts';
import { reaches, reachesInternet } from './reachability.ts';
import { cannotPull, type Refusal, secretsOrAuth } from './refusal.ts';

export interface PulledImage {
  /** Unknown for images of registries outside the sandbox. */
  digest?: string;
  /** The image was pulled, but its programs are for another processor. */
  foreign: boolean;
}

const IMAGE_TIMEOUT = 'dial tcp: i/o timeout';

/** Registry authentication comes with the secrets, before any image is pulled. */
export async function registryRefusal(
  scope: Scope,
  task: TaskRow,
  { definition }: TaskDefinitionRow,
): Promise<Refusal | undefined> {
  if (!definition.containerDefinitions.some(({ image }) => parseImage(image!).ecr)) return undefined;
  const auth = 'unable to retrieve ecr registry auth: service call has been retried';
  if (!reaches(scope, task, 'ecr.api')) {
    return secretsOrAuth(
      `${auth} 3 time(s): RequestError: send request failed caused by: Post ` +
        `"https://api.ecr.${scope.region}.amazonaws.com/": ${IMAGE_TIMEOUT}. Please check your task network configuration.`,
    );
  }
  const roleArn = definition.executionRoleArn!;
  const action = 'ecr:GetAuthorizationToken';
  const denied = await denial(scope, { roleArn, taskId: task.taskId, action, resource: '*' });
  return denied ? secretsOrAuth(`${auth} 1 time(s): ${denied}`) : undefined;
}

/** Pulls the image of one container, or says why it cannot be pulled (F-35, F-37). */
export async function pullImage(
  scope: Scope,
  task: TaskRow,
  { definition }: TaskDefinitionRow,
  container: { name: string; image: string },
): Promise<PulledImage | Refusal> {
  const reference = parseImage(container.image);
  const ref = fullReference(reference);
  if (!reference.ecr) {
    if (reachesInternet(scope, task))
      return { foreign: false, ...(reference.digest ? { digest: reference.digest } : {}) };
    return cannotPull(
      container.name,
      `failed to resolve ref ${ref}: failed to do request: Head "https://${reference.registry}/v2/": ${IMAGE_TIMEOUT}`,
      5,
    );
  }
  const { account, region } = reference.ecr;
  const registry = { world: scope.world, account, region };
  if (!reaches(scope, task, 'ecr.dkr') || !reaches(scope, task, 's3'))
    return cannotPull(container.name, `failed to resolve ref ${ref}: failed to do request: ${IMAGE_TIMEOUT}`, 5);
  const forbidden = await denial(scope, {
    roleArn: definition.executionRoleArn!,
    taskId: task.taskId,
    action: 'ecr:BatchGetImage',
    resource: `arn:aws:ecr:${region}:${account}:repository/${reference.repository}`,
  });
  if (forbidden) {
    return cannotPull(
      container.name,
      `failed to resolve ref ${ref}: pulling from host ${reference.registry} failed with status code [manifests ${reference.digest ?? reference.tag}]: 403 Forbidden`,
    );
  }

  const digest = reference.digest ?? digestOfRevision(scope, task, container.name);
  const image = findImage(registry, reference.repository, { digest, tag: reference.tag });
  if (!image || !repositories.in(registry).has(reference.repository))
    return notFound(container.name, reference, digest);
  const architecture = definition.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'amd64';
  const match = platformMatch(registry, image, architecture);
  if (match === 'no-descriptor')
    return cannotPull(
      container.name,
      `image Manifest does not contain descriptor matching platform 'linux/${architecture}'.`,
      7,
    );
  return { digest: image.digest, foreign: match === 'other-architecture' };
}

function notFound(container: string, reference: ImageReference, digest: string | undefined): Refusal {
  const ref = fullReference({ ...reference, ...(digest ? { digest } : {}) });
  return cannotPull(container, `failed to resolve ref ${ref}: ${ref}: not found`);
}

/**
 * All tasks of a deployment run the digest that its tag stood for when the first of them was pulled.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html#deployment-container-image-stability
 */
function digestOfRevision(scope: Scope, task: TaskRow, container: string): string | undefined {
  if (!task.service) return undefined;
  const row = services.in(scope).get(`${task.cluster}/${task.service.name}`);
  const deployment = row?.deployments.find(({ id }) => id === task.service!.deploymentId);
  const revision = deployment && serviceRevisions.in(scope).get(deployment.revision.arn);
  return revision?.containerImages?.find(({ containerName }) => containerName === container)?.imageDigest;
}
