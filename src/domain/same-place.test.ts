import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { DeferredContext } from '../cli/deferred-context.ts';
import { createProgram } from '../cli/program.ts';
import { inSamePlace } from './same-place.ts';

it('leads the next step to where this one was', () => {
  const text = 'platform status shows how the others stand; platform deploy starts again';
  expect(inSamePlace(text, { sandbox: false })).toBe(text);
  expect(inSamePlace(text, { env: 'dev', sandbox: false })).toBe(
    'platform status --env dev shows how the others stand; platform deploy --env dev starts again',
  );
});

it('never leads a rehearsal to the real account', () => {
  const rehearsal = { env: 'prod', sandbox: true };
  expect(inSamePlace('platform deploy', rehearsal)).toBe('platform deploy --env prod --sandbox');
  expect(inSamePlace('platform deploy --env prod --image web=<tag>', rehearsal)).toBe(
    'platform deploy --env prod --sandbox --image web=<tag>',
  );
  expect(inSamePlace('platform deploy --env prod --sandbox', rehearsal)).toBe('platform deploy --env prod --sandbox');
  expect(inSamePlace('platform deploy --env sandbox', rehearsal)).toBe('platform deploy --env sandbox');
  expect(inSamePlace('platform diff', { sandbox: true })).toBe('platform diff --sandbox');
  expect(inSamePlace('platform deploy --attach', rehearsal)).toBe('platform deploy --attach --env prod --sandbox');
  expect(inSamePlace('platform lock status says who', rehearsal)).toBe(
    'platform lock status --env prod --sandbox says who',
  );
});

it('finds the place also behind what the command is about, and every command that acts on one', () => {
  const rehearsal = { env: 'prod', sandbox: true };
  expect(inSamePlace('platform recover data --env prod explains why', rehearsal)).toBe(
    'platform recover data --env prod --sandbox explains why',
  );
  expect(inSamePlace('platform rollback web --env prod --sandbox proves it', rehearsal)).toBe(
    'platform rollback web --env prod --sandbox proves it',
  );
  expect(inSamePlace('platform image push web', rehearsal)).toBe('platform image push --env prod --sandbox web');
  expect(inSamePlace('platform releases show --help', rehearsal)).toBe(
    'platform releases show --env prod --sandbox --help',
  );
  expect(inSamePlace('platform status or platform deploy --env prod', rehearsal)).toBe(
    'platform status --env prod --sandbox or platform deploy --env prod --sandbox',
  );
});

it('knows every command that acts on an environment', async () => {
  const sink = { write: () => true, columns: () => 80, rows: () => 40, isTerminal: false };
  const program = await createProgram(new DeferredContext(), { stdout: sink, stderr: sink, directory: '/' });
  const leaves = (command: Command): string[] =>
    command.commands.length === 0
      ? [command.name()]
      : command.commands.flatMap((child) => leaves(child).map((name) => `${command.name()} ${name}`));
  const elsewhere =
    /^(?:init|config show|validate|synth|explain|db create|shared .*|ci (?:init|coverage)|sandbox .*|local .*|completion|version|help)$/;
  const placed = program.commands.flatMap(leaves).filter((name) => !elsewhere.test(name));
  expect(placed.length).toBeGreaterThan(50);
  for (const name of placed)
    expect(inSamePlace(`platform ${name}`, { env: 'prod', sandbox: true })).toBe(
      `platform ${name} --env prod --sandbox`,
    );
});

it('leaves other commands alone', () => {
  const text = 'platform init writes one; platform sandbox reset --yes';
  expect(inSamePlace(text, { env: 'dev', sandbox: true })).toBe(text);
});
