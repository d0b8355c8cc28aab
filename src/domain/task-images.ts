interface RunningContainers {
  readonly containers?: readonly { readonly imageDigest?: string; readonly runtimeId?: string }[];
}

/** `sha256:…` of what a task's containers run, as DescribeTasks gives it. */
export const digestsOf = ({ containers = [] }: RunningContainers): string[] =>
  containers.flatMap(({ imageDigest }) => (imageDigest ? [imageDigest] : []));

/** Whether no container engine ran the task: so the sandbox marks containers that it only pretends to run. */
export const isSimulated = ({ containers = [] }: RunningContainers): boolean =>
  containers.some(({ runtimeId }) => runtimeId?.startsWith('simulated-'));
