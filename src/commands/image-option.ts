import { InvalidArgumentError } from 'commander';

/** `--image <service>=<tag or digest>`, once per service. */
export function collectImages(argument: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, reference] =
    /^([a-z][a-z0-9-]*)=(sha256:[0-9a-f]{64}|[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$/.exec(argument) ?? [];
  if (!name || !reference)
    throw new InvalidArgumentError(`${argument} is not <service>=<tag> or <service>=sha256:<digest>`);
  return { ...before, [name]: reference };
}
