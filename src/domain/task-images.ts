interface RunningContainers {
  readonly containers?: readonly {
    readonly name?: string;
    readonly imageDigest?: string;
    readonly runtimeId?: string;
  }[];
}

/** `sha256:…` of what a task's containers run, as DescribeTasks gives it; of one of them where it is there by that name. */
export function digestsOf({ containers = [] }: RunningContainers, name?: string): string[] {
  const named = containers.filter((one) => one.name === name);
  return (named.length > 0 ? named : containers).flatMap(({ imageDigest }) => (imageDigest ? [imageDigest] : []));
}

/** Whether no container engine ran the task: so the sandbox marks containers that it only pretends to run. */
export const isSimulated = ({ containers = [] }: RunningContainers): boolean =>
  containers.some(({ runtimeId }) => runtimeId?.startsWith('simulated-'));
