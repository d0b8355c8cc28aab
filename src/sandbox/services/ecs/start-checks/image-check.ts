import type { Scope } from '../../../kernel/scope.ts';
import { findImage, platformMatch } from '../../ecr/find-image.ts';
import { repositories } from '../../ecr/state.ts';
import { fullReference, type ImageReference, parseImage } from '../image-reference.ts';
import { serviceRevisions, services, type TaskDefinitionRow, type TaskRow } from '../state.ts';
import { denial } from './allowed.ts';
import { reaches, reachesInternet } from './reachability.ts';
import {
  cannotPull,
  type Refusal,
  refusedCall,
  registryUnreached,
  secretsOrAuth,
  secretsOrAuthUnreached,
  TIMEOUT,
} from './refusal.ts';

export interface PulledImage {
  /** Unknown for images of registries outside the sandbox. */
  digest?: string;
  /** The image was pulled, but its programs are for another processor. */
  foreign: boolean;
}

/** Registry authentication comes with the secrets, before any image is pulled. */
export async function registryRefusal(
  scope: Scope,
  task: TaskRow,
  { definition }: TaskDefinitionRow,
): Promise<Refusal | undefined> {
  if (!definition.containerDefinitions.some(({ image }) => parseImage(image!).ecr)) return undefined;
  if (!reaches(scope, task, 'ecr.api')) {
    return secretsOrAuthUnreached(
      'The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ' +
        'ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, exceeded maximum ' +
        'number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post ' +
        `"https://api.ecr.${scope.region}.amazonaws.com/": ${TIMEOUT}`,
    );
  }
  const roleArn = definition.executionRoleArn!;
  const action = 'ecr:GetAuthorizationToken';
  const denied = await denial(scope, { roleArn, taskId: task.taskId, action, resource: '*' });
  if (!denied) return undefined;
  const call = refusedCall('ECR', 'GetAuthorizationToken', denied);
  return secretsOrAuth(`unable to retrieve ecr registry auth: service call has been retried 1 time(s): ${call}`);
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
    const known = reference.digest ? { digest: reference.digest } : {};
    return reachesInternet(scope, task) ? { foreign: false, ...known } : registryUnreached(container.name, ref);
  }
  const { account, region } = reference.ecr;
  const registry = { world: scope.world, account, region };
  if (!reaches(scope, task, 'ecr.dkr') || !reaches(scope, task, 's3')) return registryUnreached(container.name, ref);
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
      1,
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
      `image Manifest does not contain descriptor matching platform 'linux/${architecture}'`,
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
