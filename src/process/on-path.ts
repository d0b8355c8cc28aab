import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The first program of that name in the folders of PATH that may be started. */
export async function onPath(
  name: string,
  { PATH = '' }: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  for (const folder of PATH.split(delimiter)) {
    if (folder === '') continue;
    const program = join(folder, name);
    if (await isExecutable(program)) return program;
  }
  return undefined;
}

const isExecutable = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
