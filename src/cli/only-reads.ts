/** Commands that begin nothing in AWS, as they are typed; `doctor` when it does not mend. */
export const READERS: readonly string[] = [
  'completion',
  'config show',
  'db snapshots',
  'db status',
  'db url',
  'diff',
  'doctor',
  'events',
  'explain',
  'image check',
  'image list',
  'cert status',
  'local status',
  'local token',
  'local urls',
  'lock status',
  'logs',
  'outputs',
  'releases',
  'releases show',
  'sandbox scenarios',
  'sandbox serve',
  'sandbox mail',
  'sandbox status',
  'secrets diff',
  'secrets history',
  'secrets list',
  'secrets show',
  'status',
  'synth',
  'validate',
  'version',
];

/** Nothing goes on when it is stopped. `options` are the command's own. */
export const onlyReads = (
  command: string,
  { dryRun }: { dryRun: boolean },
  options: Readonly<Record<string, unknown>>,
): boolean =>
  dryRun ||
  options.preflight === true ||
  (READERS.includes(command) && options.fix !== true && options.changeSet === undefined);
