import { randomUUID } from 'node:crypto';

/** Why a task could not be started, in the words of its `stoppedReason`. */
export interface Refusal {
  reason: string;
  /** The container that shows the reason too, when it is one container's. */
  container?: string;
}

/** Before the image is pulled: secrets, registry authentication, network, logging. */
export const initialization = (detail: string): Refusal => ({ reason: `ResourceInitializationError: ${detail}` });

export const secretsOrAuth = (detail: string): Refusal =>
  initialization(`unable to pull secrets or registry auth: execution resource retrieval failed: ${detail}`);

/** The same when the service could not even be reached. */
export const secretsOrAuthUnreached = (detail: string): Refusal =>
  initialization(`unable to pull secrets or registry auth: ${detail}`);

/** How Fargate's agent, a Go program, shows a refusal of another service; what the service models stands by its name. */
export const refusedCall = (service: string, operation: string, error: string): string =>
  `operation error ${service}: ${operation}, https response error StatusCode: 400, RequestID: ${randomUUID()}, ${error}`;

/** The same when no answer came. */
export const unansweredCall = (service: string, operation: string): string =>
  `operation error ${service}: ${operation}, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded`;

/** An address of the documentation range: which of AWS's own did not answer means nothing here. */
export const TIMEOUT = 'dial tcp 192.0.2.1:443: i/o timeout';

/** The retries are what reports of the last years show: seven for what is not there, one for what is forbidden. */
export const cannotPull = (container: string, detail: string, retries = 7): Refusal => ({
  reason: `CannotPullContainerError: pull image manifest has been retried ${retries} time(s): ${detail}`,
  container,
});

export const registryUnreached = (container: string, ref: string): Refusal => ({
  reason:
    `CannotPullContainerError: The task cannot pull ${ref} from the registry ${ref}. There is a connection issue ` +
    'between the task and the registry. Check your task network configuration. : failed to copy: httpReadSeeker: ' +
    `failed open: failed to do request: Get ${ref}: ${TIMEOUT}`,
  container,
});
