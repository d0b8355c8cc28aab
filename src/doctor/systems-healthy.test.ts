import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { bootstrapSandbox } from '../testing/bootstrap-sandbox.ts';
import { startPlatform } from '../testing/start-platform.ts';
import { SYSTEMS, systemText } from '../testing/write-project.ts';

vi.setConfig({ testTimeout: 240_000 });

const HANDLER = 'export const handler = async () => ({});\n';
/** What the configurations name, as small as it may be. */
const FILES = {
  ...Object.fromEntries(
    ['Dockerfile', 'backend/Dockerfile', 'Dockerfile.migrate'].map((name) => [name, 'FROM scratch\n']),
  ),
  ...Object.fromEntries(
    ['api-handler', 'schedulerHandler', 'workerHandler', 'index'].map((name) => [
      `src/adapters/primary/lambda/${name}.ts`,
      HANDLER,
    ]),
  ),
  'workers/notification/index.ts': HANDLER,
  'infra/functions/audit-consumer/handler.py': 'def handler(event, context):\n    return {}\n',
};

/** An environment of each, and the folder of its platform.yaml. */
const PLACES = {
  'event-scheduling': ['dev', '.'],
  'express-workers': ['dev', '.'],
  pikaia: ['demo', '.'],
  'stream-sales': ['dev', 'infra'],
  tango: ['dev', 'infra'],
} as const;

/**
 * What is wrong there, and rightly found: nobody has confirmed the alarms, and the publisher really runs, but finds no
 * database: those of the sandbox have no certificate that it would trust, or are simulated.
 */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  pikaia: [
    'alarms pikaia-demo-event-publisher-dlq-not-empty',
    'alarms pikaia-demo-event-publisher-function-errors',
    'alarm-receivers ops@example.com',
    'function-errors functions.event-publisher',
  ],
};

/** Only that it is there: delivery from GitHub is configured, and this is about what runs. */
const bin = mkdtempSync(join(tmpdir(), 'platform-gh-'));
writeFileSync(join(bin, 'gh'), '#!/bin/sh\necho gh version 2.80.0\n', { mode: 0o755 });
afterAll(() => rmSync(bin, { recursive: true, force: true }));

it.each(SYSTEMS)('%s: doctor finds nothing in what deploys of it', async (system) => {
  const [environment, folder] = PLACES[system];
  const { aws, platform } = await startPlatform({
    yaml: null,
    files: { ...FILES, [join(folder, 'platform.yaml')]: systemText(system) },
    env: { PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
  });
  await bootstrapSandbox(aws);
  const at = `-C ${folder} --env ${environment} --sandbox`;
  const deployed = await platform(`deploy ${at} --yes`);
  expect(deployed.exitCode, deployed.stderr).toBe(0);
  const { checks, summary } = (await platform(`doctor ${at} --json`)).json();
  const wrong = checks.filter(({ status, id, subject }: Record<'status' | 'id' | 'subject', string>) => {
    const isKnown = KNOWN[system]?.includes(`${id} ${subject}`) ?? false;
    return !/ok|skipped/.test(status) && !(status === 'problem' && isKnown);
  });
  expect(wrong).toEqual([]);
  expect(summary).toMatchObject({ errors: 0, unknown: 0 });
});
