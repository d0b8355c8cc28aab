import type { Session } from '../../context.ts';
import { cleanText } from '../../domain/clean-text.ts';
import { judgeAnswer } from '../../domain/judge-answer.ts';
import { nearest } from '../../domain/nearest.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { askAddress } from '../../process/ask-address.ts';
import { outputs } from '../outputs.ts';
import { smokeAddress } from './smoke-address.ts';
import { type SmokeCheck, smokeChecks } from './smoke-checks.ts';

/** Milliseconds for one answer. */
const WITHIN_MS = 10_000;

/** A fresh address may refuse at first: so often it is asked again, so many milliseconds apart. */
const AGAIN = { times: 4, afterMs: 3_000 };

export interface SmokeInput {
  /** As platform.yaml calls them, with or without their block: `web`, `sites.app`; absent: all. */
  components?: readonly string[];
  /** The variable that holds a bearer token. */
  tokenFrom?: string;
}

/** The contract of `smoke --json`. */
export interface SmokeOutcome {
  environment: string;
  checks: SmokeResult[];
  summary: { passed: number; failed: number; skipped: number };
}

export interface SmokeResult {
  component: string;
  method: string;
  path: string;
  url: string | null;
  status: 'passed' | 'failed' | 'skipped';
  /** What came back; null where nothing did. */
  answer: { status: number; milliseconds: number } | null;
  /** What is wrong, or why nobody was asked. */
  why: string[];
}

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'signal' | 'target' | 'variables'>;

/**
 * Asks what is deployed as a visitor would, and compares the answers with what the configuration expects. Changes nothing
 * of ours; a POST that is configured does what the application does with it.
 */
export async function smoke(session: Powers, { components, tokenFrom }: SmokeInput): Promise<SmokeOutcome> {
  const { environment, reporter, variables } = session;
  const checks = chosen(smokeChecks(environment.blocks), components, environment.name);
  const token = tokenFrom === undefined ? undefined : variables[tokenFrom];
  if (tokenFrom !== undefined && !token) throw noToken(tokenFrom);
  const urls = await outputs(session);
  const results = await reporter.tree(`Asking ${environment.name}`, (tree) =>
    Promise.all(
      checks.map(async (check, index) => {
        const title = `${check.component}  ${check.method} ${check.path}`;
        tree.row(String(index), { title, state: 'running' });
        const result = await carryOut(session, check, { url: urls[`${check.component}.url`], token });
        const state = result.status === 'passed' ? 'done' : result.status;
        const detail =
          result.status === 'passed'
            ? `${result.answer!.status} in ${result.answer!.milliseconds} ms`
            : result.why.join('; ');
        tree.row(String(index), { title, state, detail });
        return result;
      }),
    ),
  );
  const count = (status: SmokeResult['status']) => results.filter((one) => one.status === status).length;
  const summary = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
  return { environment: environment.name, checks: results, summary };
}

async function carryOut(
  session: Powers,
  check: SmokeCheck,
  { url, token }: { url: string | undefined; token: string | undefined },
): Promise<SmokeResult> {
  const { component, method, path, expected, needsToken } = check;
  const address = smokeAddress(component, path, { url, endpoint: session.target.endpoint });
  const common = { component, method, path, url: 'url' in address ? address.url.href : null, answer: null };
  if (!('url' in address)) return { ...common, status: 'skipped', why: [address.why] };
  if (needsToken && !token)
    return { ...common, status: 'skipped', why: ['it needs a token: --token-from <variable that holds one>'] };
  const headers = { ...check.headers, ...(needsToken && { authorization: `Bearer ${token}` }) };
  for (let attempt = 1; ; attempt += 1) {
    const seen = await ask(session, { ...check, headers }, address.url);
    const problems = 'why' in seen ? [seen.why] : judgeAnswer(expected, seen).map(cleanText);
    const answer = 'why' in seen ? null : { status: seen.status, milliseconds: seen.milliseconds };
    if (answer && [501].includes(answer.status) && session.target.sandbox)
      return { ...common, answer, status: 'skipped', why: ['the sandbox has no data plane for it'] };
    if (problems.length === 0) return { ...common, answer, status: 'passed', why: [] };
    const mayPass = answer === null || answer.status >= 500;
    if (!mayPass || attempt > AGAIN.times || method === 'POST')
      return { ...common, answer, status: 'failed', why: problems };
    await session.clock.sleep(session.target.sandbox ? session.target.pollMs : AGAIN.afterMs, session.signal);
  }
}

async function ask(
  { signal, variables }: Powers,
  { method, headers, body }: SmokeCheck,
  url: URL,
): Promise<Awaited<ReturnType<typeof askAddress>> | { why: string }> {
  try {
    return await askAddress({ url, method, headers, ...(body && { body }), withinMs: WITHIN_MS, variables, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return { why: `nobody answers: ${error instanceof Error ? error.message : String(error)}` };
  }
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
