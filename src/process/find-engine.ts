import { execa } from 'execa';
import { cleanText } from '../domain/clean-text.ts';
import { builderOf, ENGINES, type EngineName, probeArgs } from '../domain/container-engine.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { ContainerEngine } from './container-engine.ts';
import { onPath } from './on-path.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The engine that there is, or why there is none: in words that go on "there is no container engine: …". */
export type EngineSearch = { engine: ContainerEngine } | { engine?: never; why: string; forbidden: boolean };

/** A daemon that does not answer by then is not there: starting Docker Desktop takes longer than anybody waits. */
const PROBE_MS = 5_000;

/**
 * The first of docker, podman, nerdctl and finch on PATH whose daemon answers, or the one that
 * PLATFORM_CONTAINER_ENGINE names; with `none` nobody looks.
 */
export async function findEngine({
  variables,
  signal,
}: {
  variables: Variables;
  signal?: AbortSignal;
}): Promise<EngineSearch> {
  const named = variables.PLATFORM_CONTAINER_ENGINE;
  if (named === 'none') return { why: 'PLATFORM_CONTAINER_ENGINE is none', forbidden: true };
  const candidates = named ? [engineNamed(named)] : ENGINES;
  const silent: string[] = [];
  for (const name of candidates) {
    const program = await onPath(name, variables);
    if (!program) continue;
    const refusal = await probe(program, name, variables);
    if (refusal === undefined)
      return {
        engine: new ContainerEngine(
          program,
          { name, builder: await builder(program, name, variables) },
          { variables, ...(signal ? { signal } : {}) },
        ),
      };
    silent.push(`${name} is installed, but its daemon does not answer (${refusal})`);
  }
  if (silent.length > 0) return { why: silent.join('; '), forbidden: false };
  return {
    why: `${named ?? 'none of docker, podman, nerdctl and finch'} is not on PATH`.replace(
      /^none (.*) is not/,
      'none $1 is',
    ),
    forbidden: false,
  };
}

function engineNamed(name: string): EngineName {
  const engine = ENGINES.find((one) => one === name);
  if (engine) return engine;
  throw new PlatformError({
    id: 'engine-unknown',
    kind: 'usage',
    message: `PLATFORM_CONTAINER_ENGINE is ${name}`,
    remedy: `set it to ${ENGINES.join(', ')} or none, or unset it`,
  });
}

/** Undefined when the daemon answers, else the last thing that the client said. */
async function probe(program: string, name: EngineName, variables: Variables): Promise<string | undefined> {
  const { failed, timedOut, stderr, stdout } = await ask(program, probeArgs(name), variables);
  if (timedOut) return `no answer within ${PROBE_MS / 1000} s`;
  // docker says so on stderr and ends well enough where only the server is missing.
  if (!failed && stdout.trim() !== '') return undefined;
  return cleanText(stderr.trim().split('\n').at(-1) ?? '') || 'it says nothing';
}

async function builder(program: string, name: EngineName, variables: Variables) {
  if (name !== 'docker' || variables.DOCKER_BUILDKIT === '0') return 'plain';
  const { failed, stdout } = await ask(program, ['buildx', 'version'], variables);
  return failed ? 'plain' : builderOf(stdout);
}

const ask = (program: string, words: readonly string[], variables: Variables) =>
  execa(program, words, { env: { ...variables }, extendEnv: false, reject: false, timeout: PROBE_MS, stdin: 'ignore' });
