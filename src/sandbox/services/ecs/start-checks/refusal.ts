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

export const cannotPull = (container: string, detail: string, retries = 1): Refusal => ({
  reason: `CannotPullContainerError: pull image manifest has been retried ${retries} time(s): ${detail}`,
  container,
});
