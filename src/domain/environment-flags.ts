/** What leads a command to the same environment: a rehearsal's next step must not go to the real account. */
export const environmentFlags = ({
  name,
  kind,
  sandboxed,
  emulator,
}: {
  name: string;
  kind: string;
  sandboxed: boolean;
  /** One of kind `local` may live on the sandbox without being rehearsed. */
  emulator?: string | undefined;
}): string => `--env ${name}${sandboxed && kind !== 'sandbox' && emulator === undefined ? ' --sandbox' : ''}`;
