import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { environmentNames } from '../operations/project/environment-names.ts';
import { startPlatform } from '../testing/start-platform.ts';

/** What bash offers when the tab key is pressed at the end of the words. */
function offers(script: string, words: string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'completion-'));
  // Stands for the program, which the script asks for environments only.
  writeFileSync(join(folder, 'platform'), '#!/bin/sh\nprintf "dev\\nprod\\nsandbox\\n"\n', { mode: 0o755 });
  const pressed = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length - 1}
_platform
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { PATH: `${folder}:${process.env.PATH}` };
  return execFileSync('bash', ['--norc', '--noprofile', '-c', pressed], { encoding: 'utf8', env }).trim().split('\n');
}

it.skipIf(!existsSync('/bin/bash'))('completes commands, subcommands, options and environments in bash', async () => {
  const { platform } = await startPlatform();
  const { stdout } = await platform('completion bash');
  expect(offers(stdout, ['platform', 'st'])).toEqual(['status']);
  expect(offers(stdout, ['platform', 'sandbox', 's'])).toEqual(['serve', 'status', 'stop', 'scenarios']);
  expect(offers(stdout, ['platform', '--env', 'dev', 'sandbox', 'serve', '--po'])).toEqual(['--port']);
  expect(offers(stdout, ['platform', 'events', '--li'])).toEqual(['--limit']);
  expect(offers(stdout, ['platform', 'status', '--env', ''])).toEqual(['dev', 'prod', 'sandbox']);
  expect(offers(stdout, ['platform', 'completion', ''])).toContain('zsh');
});

it('makes scripts that zsh and fish can read', async () => {
  const { platform } = await startPlatform();
  const zsh = (await platform('completion zsh')).stdout;
  const fish = (await platform('completion fish')).stdout;
  expect(zsh).toMatch(/^#compdef platform\n/);
  expect(fish).toContain("complete -c platform -n '__fish_use_subcommand' -a status");
  expect(fish).toMatch(/-l env -x -a '\(platform completion environments 2>\/dev\/null\)'/);
  for (const [shell, script] of [
    ['zsh', zsh],
    ['fish', fish],
  ] as const) {
    if (existsSync(`/usr/bin/${shell}`)) execFileSync(shell, ['-n'], { input: script });
  }
});

it.each([
  [
    'environments:\n  dev: { kind: dev }\n  prod:\n    kind: prod\n    like: dev\nservices: {}\n',
    ['dev', 'prod', 'sandbox'],
  ],
  ['environments:\n\n  # first\n  "dev-1":\n    kind: dev\n', ['dev-1', 'sandbox']],
  ['environments: { dev: { kind: dev } }\n', ['sandbox']],
  ['a: 1\r\nenvironments:\r\n  dev: {}\r\n', ['dev', 'sandbox']],
  ['', ['sandbox']],
])('reads the names of environments from %j', (yaml, names) => {
  const folder = mkdtempSync(join(tmpdir(), 'names-'));
  mkdirSync(join(folder, 'below'));
  writeFileSync(join(folder, 'platform.yaml'), yaml);
  expect(environmentNames(join(folder, 'below'))).toEqual(names);
});
