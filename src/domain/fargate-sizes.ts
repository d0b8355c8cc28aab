const GIB = 1024;
const steps = (from: number, to: number, by: number) =>
  Array.from({ length: (to - from) / by + 1 }, (_, index) => (from + index * by) * GIB);

/** Memory in MiB by CPU units. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
export const FARGATE_MEMORY: Readonly<Record<number, readonly number[]>> = {
  256: [512, 1024, 2048],
  512: steps(1, 4, 1),
  1024: steps(2, 8, 1),
  2048: steps(4, 16, 1),
  4096: steps(8, 30, 1),
  8192: steps(16, 60, 4),
  16384: steps(32, 120, 8),
};

export const isFargateSize = (cpu: number, memory: number): boolean => FARGATE_MEMORY[cpu]?.includes(memory) ?? false;

/** The three sizes that resemble a pair most, nearest first. */
export function nearestFargateSizes(cpu: number, memory: number): { cpu: number; memory: number }[] {
  const distance = (size: { cpu: number; memory: number }) =>
    Math.abs(Math.log2(size.cpu / Math.max(cpu, 1))) * 2 + Math.abs(Math.log2(size.memory / Math.max(memory, 1)));
  return Object.entries(FARGATE_MEMORY)
    .flatMap(([units, sizes]) => sizes.map((size) => ({ cpu: Number(units), memory: size })))
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, 3);
}
