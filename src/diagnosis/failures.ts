import type { FailureId } from '../domain/failure-id.ts';
import type { Failure } from './failure.ts';
import { API_FAILURES } from './failures/apis.ts';
import { BALANCER_FAILURES } from './failures/balancers.ts';
import { BOOTSTRAP_FAILURES } from './failures/bootstrap.ts';
import { CREDENTIAL_FAILURES } from './failures/credentials.ts';
import { DATABASE_FAILURES } from './failures/databases.ts';
import { EVENT_FAILURES } from './failures/events.ts';
import { IMAGE_FAILURES } from './failures/images.ts';
import { LEFTOVER_FAILURES } from './failures/leftovers.ts';
import { PIPELINE_FAILURES } from './failures/pipelines.ts';
import { SECRET_FAILURES } from './failures/secrets.ts';
import { SERVICE_FAILURES } from './failures/services.ts';
import { SITE_FAILURES } from './failures/sites.ts';
import { STACK_FAILURES } from './failures/stacks.ts';

/** Sections in the order in which a deployment meets them. */
export const FAILURE_SECTIONS: readonly (readonly [title: string, failures: readonly Failure[]])[] = [
  ['CloudFormation', STACK_FAILURES],
  ['Bootstrap', BOOTSTRAP_FAILURES],
  ['Credentials, account, region', CREDENTIAL_FAILURES],
  ['Images', IMAGE_FAILURES],
  ['Services and tasks', SERVICE_FAILURES],
  ['Load balancers and certificates', BALANCER_FAILURES],
  ['Databases', DATABASE_FAILURES],
  ['Secrets', SECRET_FAILURES],
  ['Queues, functions, events', EVENT_FAILURES],
  ['Sites', SITE_FAILURES],
  ['APIs', API_FAILURES],
  ['Pipelines, networks, quotas', PIPELINE_FAILURES],
  ['Leftovers and silent failures', LEFTOVER_FAILURES],
];

const FAILURES = new Map(FAILURE_SECTIONS.flatMap(([, failures]) => failures.map((one) => [one.id, one] as const)));

/** The entry of the catalogue; throws for an id that it does not have, which is a bug of ours. */
export function failure(id: FailureId): Failure {
  const found = FAILURES.get(id);
  if (!found) throw new Error(`the catalogue has no failure ${id}`);
  return found;
}
