import type { Scope } from '../../../kernel/scope.ts';
import type { PulledImage } from '../start-checks/image-check.ts';
import { serviceRevisions, services, type TaskRow } from '../state.ts';

/** Notes which digests the first task of a deployment was started with; later tasks start with the same. */
export function imagesResolved(
  scope: Scope,
  { cluster, service }: TaskRow,
  containers: readonly { name: string; image: string }[],
  pulled: ReadonlyMap<string, PulledImage>,
): void {
  if (!service) return;
  const row = services.in(scope).get(`${cluster}/${service.name}`);
  const arn = row?.deployments.find(({ id }) => id === service.deploymentId)?.revision.arn;
  if (!arn || !serviceRevisions.in(scope).has(arn) || serviceRevisions.in(scope).get(arn)?.containerImages) return;
  serviceRevisions.in(scope).update(arn, (draft) => {
    draft.containerImages = containers.map(({ name, image }) => {
      const digest = pulled.get(name)?.digest;
      return { containerName: name, image, ...(digest ? { imageDigest: digest } : {}) };
    });
  });
}
