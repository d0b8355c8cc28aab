import { expect } from 'vitest';
import type { BreakOutcome } from '../../operations/scenarios/break-environment.ts';
import { placesIn } from '../../operations/scenarios/fill-places.ts';
import { readScenario } from '../../operations/scenarios/read-scenarios.ts';
import type { Deployable } from '../deployable.ts';
import { holdTime } from '../hold-time.ts';
import { foundFailures } from './found-failures.ts';
import type { Observation } from './measure.ts';
import { startSmallEnvironment } from './small-environment.ts';

const PLACE = '--env dev --sandbox';

/**
 * Breaks a small environment, types what a person would type, and looks at what he reads: exit code, failure, where it
 * was read, remedy. Then types the way out, and the proof of it.
 */
export async function proveScenario(name: string): Promise<Observation> {
  const { also, when, ...scenario } = readScenario(name);
  const isAbout = (things: RegExp) => placesIn(scenario.break).some((place) => things.test(place));
  const of = isAbout(/^(function|bus|api)(\.|$)/) ? 'functions' : isAbout(/^edge(\.|$)/) ? 'edges' : 'services';
  const project = await startSmallEnvironment(when, of);
  const broken: BreakOutcome = (await project.succeed(`sandbox break ${name} ${PLACE} --yes --json`)).json();
  const { failure, command, expect: expected, fix, undo, proof } = broken.scenarios[0]!;
  expect(broken.scenarios[0]!.done, 'every step says what it did').toHaveLength(broken.scenarios[0]!.steps.length);

  // What is under way stays so until the command has met it, however busy this machine is.
  const isUnderWay = scenario.break.some((step) => 'stack-under-way' in step);
  const lasting = isUnderWay ? [{ from: () => true, until: (heard: string) => heard.includes(expected.says!) }] : [];
  const run = await holdTime(project, typed(command, '--yes --json'), lasting);
  const said = `${run.stdout}\n${run.stderr}`;
  expect(run.exitCode, said).toBe(expected.exit);
  const document = run.json();
  const found = foundFailures(document);
  const passes = expected.exit === 0 && !found.includes(failure);
  if (expected.exit !== 0) expect(found, said).toContain(failure);
  if (expected.error) expect(document.error.id, said).toBe(expected.error);
  if (expected.says) expect(said).toContain(expected.says);
  if (expected.reads) expect(placesRead(document, failure).map(inAnyPlace), said).toContain(inAnyPlace(expected.reads));
  if (expected.remedy) expect(remedies(document, failure).join('\n'), said).toContain(expected.remedy);
  isFitToShow(said);
  for (const { evidence } of naming(document, failure))
    if (Array.isArray(evidence)) expect(evidence, 'a cause says what was read').not.toEqual([]);

  await mend(project, { fix, undo });
  const after = await project.platform(typed(proof, '--yes --json'));
  expect(after.exitCode, `${proof}: ${after.stderr}`).toBe(0);
  return { scenario: name, failure, passes, found: found.filter((one) => !also.includes(one)) };
}

/** Without the program's name, and with flags where they are ours and not of a command in a container. */
function typed(command: string, flags: string): string {
  const [own = '', ...inside] = command.replace(/^platform /, '').split(' -- ');
  return [`${own} ${flags}`, ...inside].join(' -- ');
}

async function mend(
  { succeed }: Deployable,
  { fix, undo }: { fix: readonly string[]; undo: string | null },
): Promise<void> {
  for (const words of fix) await succeed(typed(words, '--yes'));
  if (undo !== null) await succeed(typed(undo, '--yes'));
}

/** Whatever stands in logs and reasons: no secret, nothing that commands a terminal, not more than a person reads. */
function isFitToShow(said: string): void {
  expect(said).not.toContain('key-of-the-test');
  expect(said).not.toContain('wJalrXUtnFEMI');
  expect(said).not.toMatch(/[\u0007\u001b\u009b]/);
  expect(said.length).toBeLessThan(100_000);
}

interface Named {
  rule?: string;
  id?: string;
  failure?: string;
  path?: string;
  remedy?: string;
  evidence?: { read: string }[] | string;
}

/** Whatever in a document names the failure: a problem, a cause, a check. */
function naming(document: unknown, failure: string): Named[] {
  if (typeof document !== 'object' || document === null) return [];
  const inside = Object.values(document).flatMap((value) => naming(value, failure));
  const own = document as Named;
  return [own.rule, own.id, own.failure].includes(failure) ? [own, ...inside] : inside;
}

const placesRead = (document: unknown, failure: string): string[] =>
  naming(document, failure).flatMap(({ path, evidence }) => [
    ...(path === undefined ? [] : [path]),
    ...(Array.isArray(evidence) ? evidence.map(({ read }) => read) : []),
  ]);

/** Which event, or which task, is a matter of what happened before. */
const inAnyPlace = (read: string): string => read.replace(/\[\d+\]/g, '[n]');

const remedies = (document: unknown, failure: string): string[] =>
  naming(document, failure).flatMap(({ remedy }) => (remedy === undefined ? [] : [remedy]));
