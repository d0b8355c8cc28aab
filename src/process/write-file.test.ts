import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ContainerEngine } from './container-engine.ts';
import { writeFileAtomically } from './write-file.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'platform-write-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

it('leaves a file as closed as somebody has made it, and closes what it is told to', async () => {
  const file = join(folder(), 'platform.yaml');
  writeFileSync(file, 'before');
  chmodSync(file, 0o640);
  await writeFileAtomically(file, 'after');
  expect([readFileSync(file, 'utf8'), modeOf(file)]).toEqual(['after', '640']);
  await writeFileAtomically(file, 'secret', 0o600);
  expect(modeOf(file)).toBe('600');
  await expect(writeFileAtomically(join(file, 'below'), 'x')).rejects.toThrow();
  expect(readdirSync(join(file, '..'))).toEqual(['platform.yaml']);
});

it('keeps what an engine prints for its owner alone: builds print what they are given', async () => {
  const logFile = join(folder(), 'runs', 'image-1', 'build-web.log');
  const engine = new ContainerEngine('echo', { name: 'docker', builder: 'plain' }, { variables: process.env });
  expect(await engine.compose(['--password', 'hunter2'], { onLine: () => undefined, logFile })).toEqual({ ok: true });
  expect(readFileSync(logFile, 'utf8')).toContain('hunter2');
  expect([modeOf(logFile), modeOf(join(logFile, '..'))]).toEqual(['600', '700']);
});
