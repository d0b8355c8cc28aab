import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtProject } from './built-program.ts';

it('S0-13 S1-16 S1-17 S1-19 S1-20 S1-73: a newcomer goes from init to running, changes something, looks at it and destroys it', async () => {
  const { directory, platform, succeed } = builtProject({ 'package.json': '{"dependencies":{"express":"5"}}' });
  await succeed('init', '--preset', 'web-service', '--project', 'shop', '--environments', 'dev,prod', '--yes');

  const planned = (await succeed('diff', '--env', 'sandbox', '--json')).json();
  expect(planned.stacks.map((stack: { action: string }) => stack.action)).toEqual(
    Array(planned.stacks.length).fill('create'),
  );

  const first = (await succeed('deploy', '--env', 'sandbox', '--yes', '--json')).json();
  expect(first).toMatchObject({ environment: 'sandbox', simulated: true, migration: { exitCode: 0 } });
  expect(first.services).toMatchObject([{ name: 'web', desired: 1, running: 1, healthy: 1, simulated: true }]);
  expect(first.outputs['services.web.url']).toMatch(/^http:\/\//);

  const status = (await succeed('status', '--env', 'sandbox', '--json')).json();
  expect(status.services).toMatchObject([{ name: 'web', desired: 1, running: 1, healthy: 1 }]);
  expect(new Set(status.stacks.map((stack: { status: string }) => stack.status))).toEqual(new Set(['CREATE_COMPLETE']));

  const again = (await succeed('deploy', '--env', 'sandbox', '--yes', '--json')).json();
  expect(again.stacks.every((stack: { action: string }) => stack.action === 'none')).toBe(true);
  expect(again.release.id).toBe(first.release.id);

  const file = join(directory, 'platform.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('port: 3000', 'port: 3000\n    cpu: 1024\n    memory: 2048'));
  const changed = (await succeed('diff', '--env', 'sandbox', '--json')).json();
  expect(
    changed.stacks
      .filter((stack: { action: string }) => stack.action !== 'none')
      .map((stack: { name: string }) => stack.name),
  ).toEqual(['shop-sandbox-tasks', 'shop-sandbox-service-web']);
  const second = (await succeed('deploy', '--env', 'sandbox', '--yes', '--json')).json();
  expect(second.stacks.find((stack: { name: string }) => stack.name === 'shop-sandbox-service-web').action).toBe(
    'update',
  );
  expect((await succeed('events', '--env', 'sandbox')).stdout).toContain('UPDATE_COMPLETE');
  expect((await succeed('outputs', '--env', 'sandbox', '--json')).json()).toMatchObject(second.outputs);

  const refused = await platform('destroy', '--env', 'sandbox');
  expect(refused.exitCode).toBe(2);
  const gone = (await succeed('destroy', '--env', 'sandbox', '--yes', '--json')).json();
  expect(gone.deleted).toHaveLength(first.stacks.length);
  expect((await succeed('status', '--env', 'sandbox', '--json')).json().stacks).toEqual([]);
  expect((await succeed('deploy', '--env', 'sandbox', '--yes', '--json')).json().services[0].running).toBe(1);
});
