/**
 * How long the steps of a Fargate task take, in virtual milliseconds. AWS promises nothing; people see 20 to 40 s until
 * a small image from within the VPC is RUNNING (https://github.com/aws/containers-roadmap/issues/358).
 */
export const TASK_MS = {
  /** PROVISIONING: the network interface. */
  provisioning: 10_000,
  /** PENDING: secrets, image manifest and layers. */
  pulling: 18_000,
  /** What a refused pull takes, retries included. */
  refusedPull: 12_000,
  /** ACTIVATING: targets are registered. */
  activating: 5_000,
  /** DEPROVISIONING: the interface is taken away. */
  deprovisioning: 8_000,
} as const;

/** Stopped tasks are shown for about an hour. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-errors.html */
export const STOPPED_KEPT_MS = 60 * 60_000;
