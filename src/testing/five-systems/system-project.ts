import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { sandboxAccount } from '../../domain/sandbox-account.ts';
import { bootstrapSandbox } from '../bootstrap-sandbox.ts';
import { openNextFiles } from '../open-next.ts';
import { type StartedPlatform, startPlatform } from '../start-platform.ts';
import { loadText, type SYSTEMS, systemText } from '../write-project.ts';

vi.setConfig({ testTimeout: 240_000 });

export type System = (typeof SYSTEMS)[number];

const STAND_INS = join(import.meta.dirname, '..', '..', '..', 'systems');

/** Where platform.yaml stands, and which stand-ins make up the application, by the folder that they become. */
const PLACES: Readonly<Record<System, { folder: string; from: Readonly<Record<string, string>> }>> = {
  'event-scheduling': { folder: '.', from: { '.': 'event-scheduling' } },
  'express-workers': { folder: '.', from: { '.': 'express-workers' } },
  pikaia: { folder: '.', from: { '.': 'pikaia', backend: 'django' } },
  'stream-sales': { folder: 'infra', from: { '.': 'stream-sales' } },
  tango: { folder: 'infra', from: { backend: 'django' } },
};

/**
 * Tools that the configurations name: of pnpm what the stand-in’s `build` is, of gh only that it is there. What else the
 * machine has must not matter.
 */
const TOOLS = {
  pnpm: `#!/bin/sh\nexec "${process.execPath}" "$1.mjs"\n`,
  gh: '#!/bin/sh\necho gh version 2.80.0\n',
};

export interface SystemProject extends StartedPlatform {
  /** What a command line needs to be one of an environment, rehearsed. */
  at(environment: string): string;
  accountOf(environment: string): string;
}

/** The files of a system and of its stand-in, by path from the root of the repository. */
export function systemFiles(system: System, yaml = systemText(system)): Record<string, string> {
  const { folder, from } = PLACES[system];
  const files = Object.entries(from).flatMap(([target, source]) => {
    const all = readdirSync(join(STAND_INS, source), { recursive: true, withFileTypes: true });
    return all
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [join(target, path.slice(join(STAND_INS, source).length + 1)), readFileSync(path, 'utf8')] as const;
      });
  });
  const built = system === 'stream-sales' ? openNextFiles() : {};
  return { ...Object.fromEntries(files), ...built, [join(folder, 'platform.yaml')]: yaml };
}

/** A system with its stand-in in a folder of its own, every account that it uses bootstrapped. */
export async function startSystem(system: System, { yaml = systemText(system) } = {}): Promise<SystemProject> {
  const bin = mkdtempSync(join(tmpdir(), 'platform-tools-'));
  onTestFinished(() => rmSync(bin, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(TOOLS)) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  const started = await startPlatform({
    yaml: null,
    files: systemFiles(system, yaml),
    env: { PATH: [bin, '/usr/bin', '/bin'].join(delimiter) },
  });
  const project = loadText(yaml);
  const accountOf = (environment: string) => {
    const { account, project: name } = project.environment(environment, { rehearsal: true });
    return account ?? sandboxAccount(name, environment);
  };
  const places = project.environments().map((environment) => {
    const { region } = project.environment(environment, { rehearsal: true });
    // What CloudFront is given stands in us-east-1.
    return [region, 'us-east-1'].map((one) => `${accountOf(environment)} ${one}`);
  });
  for (const place of new Set(places.flat())) {
    const [account, region] = place.split(' ');
    await bootstrapSandbox(started.aws, { account, region });
  }
  const { folder } = PLACES[system];
  return { ...started, accountOf, at: (environment) => `-C ${folder} --env ${environment} --sandbox` };
}
