/** What leads a command to the same environment: a rehearsal's next step must not go to the real account. */
export const environmentFlags = ({
  name,
  kind,
  sandboxed,
}: {
  name: string;
  kind: string;
  sandboxed: boolean;
}): string => `--env ${name}${sandboxed && kind !== 'sandbox' ? ' --sandbox' : ''}`;
