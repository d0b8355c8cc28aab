import { nearest } from '../../domain/nearest.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { flatOutputs } from '../../release/flat-outputs.ts';
import { deployedServices } from '../services/deployed-services.ts';
import { findStacks } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { stateOf } from '../state-of.ts';
import { askChecks, type SmokePowers, type SmokeResult } from './ask-checks.ts';
import { resting } from './resting.ts';
import { type SmokeCheck, smokeChecks } from './smoke-checks.ts';

export interface SmokeInput {
  /** As platform.yaml calls them, with or without their block: `web`, `sites.app`; absent: all. */
  components?: readonly string[];
  /** The variable that holds a bearer token. */
  tokenFrom?: string;
}

/** What `smoke --json` and `deploy --json` say of the same thing. */
export interface Asked {
  checks: SmokeResult[];
  summary: { passed: number; failed: number; skipped: number };
}

/** The contract of `smoke --json`. */
export interface SmokeOutcome extends Asked {
  environment: string;
}

/**
 * Asks what is deployed as a visitor would, and compares the answers with what the configuration expects. Changes nothing
 * of ours; a POST that is configured does what the application does with it.
 */
export async function smoke(session: SmokePowers, { components, tokenFrom }: SmokeInput): Promise<SmokeOutcome> {
  const { environment, variables } = session;
  const checks = chosen(smokeChecks(environment.blocks), components, environment.name);
  const token = tokenFrom === undefined ? undefined : variables[tokenFrom];
  if (tokenFrom !== undefined && !token) throw noToken(tokenFrom);
  const { state } = await stateOf(session);
  const found = await findStacks(session, state);
  const told = new Map(found.map(({ id, stack }) => [id, stackOutputs(stack)]));
  const urls = flatOutputs(environment.blocks, (id) => told.get(id) ?? {});
  const counts = (await deployedServices(session, state, found)).map(({ name, service }) => ({
    name,
    desired: service.desiredCount ?? 0,
  }));
  const results = await askChecks(session, { checks, urls, token, resting: resting(session, state, counts) });
  return { environment: environment.name, ...summed(results) };
}

export function summed(checks: SmokeResult[]): Asked {
  const count = (status: SmokeResult['status']) => checks.filter((one) => one.status === status).length;
  return { checks, summary: { passed: count('passed'), failed: count('failed'), skipped: count('skipped') } };
}

/** Throws `smoke-unknown` (exit 2) for a name that has nothing to ask. */
function chosen(checks: SmokeCheck[], names: readonly string[] | undefined, environment: string): SmokeCheck[] {
  if (!names) return checks;
  const known = [...new Set(checks.map(({ component }) => component))];
  const isMeant = (name: string, component: string) => component === name || component.split('.')[1] === name;
  for (const name of names) {
    if (known.some((component) => isMeant(name, component))) continue;
    const near = nearest(
      name,
      known.flatMap((one) => [one, one.split('.')[1]!]),
    );
    throw new PlatformError({
      id: 'smoke-unknown',
      kind: 'usage',
      message: `${environment} has nothing to ask called ${JSON.stringify(name)}`,
      remedy: near
        ? `name ${near}`
        : known.length > 0
          ? `name one of ${known.join(', ')}`
          : 'add smoke to a service, a site or an API',
    });
  }
  return checks.filter(({ component }) => names.some((name) => isMeant(name, component)));
}

const noToken = (variable: string) =>
  new PlatformError({
    id: 'smoke-token-missing',
    kind: 'usage',
    message: `The variable ${variable} is not set or empty`,
    remedy: `put a token there: ${variable}=… platform smoke --token-from ${variable}`,
  });
