import type { Context } from '../../context.ts';
import { type ComposeContainer, composeContainers } from '../../domain/compose-containers.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { ContainerEngine } from '../../process/container-engine.ts';
import { startEngine } from '../images/engine-missing.ts';
import type { LocalPlan } from './local-plan.ts';

type Powers = Pick<Context, 'containerEngine' | 'reporter'>;

export interface Compose {
  /** Throws `compose-failed` with what Compose said last. */
  run(words: readonly string[], input?: string): Promise<void>;
  /** Containers that are there, running or not. */
  containers(): Promise<ComposeContainer[]>;
  /** The last lines that a container wrote. */
  lastLines(service: string): Promise<string[]>;
}

/** Compose for the file of a local environment. Throws where there is no engine, or one without Compose. */
export async function openCompose(
  context: Powers,
  { file, name, environment }: Pick<LocalPlan, 'file' | 'name' | 'environment'>,
): Promise<Compose> {
  const { reporter } = context;
  const search = await context.containerEngine();
  if (!search.engine)
    throw new PlatformError({
      id: 'local-engine-missing',
      kind: 'failed',
      message: `There is no container engine to run emulator, database and services in: ${search.why} (F-40)`,
      remedy: `${search.forbidden ? '' : 'install Docker (https://docs.docker.com/engine/install/), or '}${startEngine(search)}; nothing was written. Without containers, platform deploy --env ${environment} brings up what it lives on by itself`,
    });
  const { engine } = search;
  const there = await engine.compose(['version'], { onLine: (line) => reporter.debug(line) });
  if (!there.ok) throw composeMissing(engine, there.lines);
  const place = ['--file', file, '--project-name', name];
  const collect = async (words: readonly string[]) => {
    const lines: string[] = [];
    const answer = await engine.compose([...place, ...words], { onLine: (line) => lines.push(line) });
    return answer.ok ? lines : undefined;
  };
  return {
    run: async (words, input) => {
      const answer = await engine.compose([...place, ...words], {
        onLine: (line) => reporter.debug(line),
        ...(input === undefined ? {} : { input }),
      });
      if (!answer.ok) throw composeFailed(engine, words, answer.lines);
    },
    containers: async () => composeContainers((await collect(['ps', '--all', '--format', 'json'])) ?? []),
    lastLines: async (service) =>
      (await collect(['logs', '--no-color', '--no-log-prefix', '--tail', '20', service])) ?? [],
  };
}

const composeMissing = ({ name }: ContainerEngine, lines: readonly string[]) =>
  new PlatformError({
    id: 'compose-missing',
    kind: 'failed',
    message: `${name} has no Compose: ${lines.at(-1) ?? 'it says nothing'}`,
    remedy:
      'install Docker Compose 2 (https://docs.docker.com/compose/install/), or docker-compose for podman; nothing was written',
  });

const composeFailed = ({ name }: ContainerEngine, words: readonly string[], lines: readonly string[]) =>
  new PlatformError({
    id: 'compose-failed',
    kind: 'failed',
    message: `${name} compose ${words.find((word) => !word.startsWith('-')) ?? ''} ended with an error: ${lines.at(-1) ?? 'it says nothing'}`,
    remedy:
      'see what is said above; platform local up goes on from there, and platform local down takes away what stands',
    findings: lines.slice(-20),
  });
