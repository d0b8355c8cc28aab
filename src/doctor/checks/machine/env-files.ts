import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { envFiles } from '../../../operations/project/look-at-machine.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

export const envFileMode: Check = {
  id: 'env-file-mode',
  title: 'Nobody else on this machine can read the env files',
  group: 'this machine',
  needs: ['configuration'],
  async run({ context }) {
    const { root } = await context.project();
    const found = await envFiles(root);
    if (found.length === 0) return skipped('there is no .env file beside platform.yaml');
    const open = found.filter(({ openToOthers }) => openToOthers);
    if (open.length === 0) return ok(found.map(({ path }) => path).join(', '));
    return open.map(({ path, mode }) =>
      sick({
        severity: 'warning',
        subject: path,
        detail: `other users of this machine can read it: its mode is ${mode}`,
        evidence: [evidenceOf('stat', `${path} mode`, mode)],
        remedy: `chmod 600 ${path}`,
        fix: { handling: 'ASK', does: `set the mode of ${path} to 600`, apply: () => chmod(join(root, path), 0o600) },
      }),
    );
  },
};

export const envFileTracked: Check = {
  id: 'env-file-tracked',
  title: 'Git keeps no env file',
  group: 'this machine',
  needs: ['configuration'],
  async run({ context }) {
    const { root, gitRoot } = await context.project();
    if (gitRoot === undefined) return skipped('the project lies in no repository');
    const found = await envFiles(root);
    if (found.length === 0) return skipped('there is no .env file beside platform.yaml');
    if (found.every(({ tracked }) => tracked === undefined)) return skipped('git does not say');
    const kept = found.filter(({ tracked }) => tracked);
    if (kept.length === 0) return ok(found.map(({ path }) => path).join(', '));
    return kept.map(({ path }) =>
      sick({
        severity: 'error',
        subject: path,
        detail: 'git keeps it, and whoever has the repository has the secrets in it',
        evidence: [evidenceOf('git ls-files', path, 'tracked')],
        remedy: `git rm --cached ${path}, add it to .gitignore, and give out new values: the old ones stay in the history`,
      }),
    );
  },
};
