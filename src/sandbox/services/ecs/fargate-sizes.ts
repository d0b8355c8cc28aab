const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);

/**
 * Memory in MiB that Fargate offers per CPU units.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
export const FARGATE_SIZES: Readonly<Record<number, readonly number[]>> = {
  256: [512, 1024, 2048],
  512: range(1024, 4096, 1024),
  1024: range(2048, 8192, 1024),
  2048: range(4096, 16384, 1024),
  4096: range(8192, 30720, 1024),
  8192: range(16384, 61440, 4096),
  16384: range(32768, 122880, 8192),
};

const FACTOR = { vcpu: 1024, gb: 1024 };

/** CPU units of `256`, `.25 vCPU`, `0.5 vcpu`; undefined when it is none of them. */
export const cpuUnits = (text: string): number | undefined => amount(text, 'vcpu');

/** MiB of `512`, `1GB`, `0.5 GB`; undefined when it is none of them. */
export const memoryMiB = (text: string): number | undefined => amount(text, 'gb');

function amount(text: string, unit: keyof typeof FACTOR): number | undefined {
  const match = /^(\d*\.?\d+)\s*([a-z]*)$/i.exec(text.trim());
  if (!match) return undefined;
  const [, digits, suffix] = match;
  if (suffix === '') return /^\d+$/.test(digits!) ? Number(digits) : undefined;
  return suffix!.toLowerCase() === unit ? Number(digits) * FACTOR[unit] : undefined;
}
