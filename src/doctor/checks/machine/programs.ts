import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { programOnPath } from '../../../operations/project/look-at-machine.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

export const git: Check = {
  id: 'git',
  title: 'git is there: releases say which commit they are made of',
  group: 'this machine',
  needs: ['configuration'],
  async run({ context }) {
    const { gitRoot } = await context.project();
    if (gitRoot === undefined) return skipped('the project lies in no repository');
    const program = await programOnPath('git', context);
    if (program) return ok(program);
    return sick({
      severity: 'warning',
      detail: `${gitRoot} is a repository, and there is no git on PATH: images are not tagged with their commit`,
      evidence: [evidenceOf('git --version', 'PATH', undefined)],
      remedy: 'install git (https://git-scm.com/downloads)',
    });
  },
};

export const gh: Check = {
  id: 'gh',
  title: 'gh is there, to set up delivery from GitHub',
  group: 'this machine',
  needs: ['configuration'],
  async run({ context }) {
    const { delivery } = await context.project();
    if (delivery.provider !== 'github') return skipped('delivery.provider is none');
    const program = await programOnPath('gh', context);
    if (program) return ok(program);
    return sick({
      severity: 'warning',
      detail: 'delivery.provider is github, and there is no gh on PATH',
      evidence: [evidenceOf('gh --version', 'PATH', undefined)],
      remedy: 'install it: https://cli.github.com',
    });
  },
};
