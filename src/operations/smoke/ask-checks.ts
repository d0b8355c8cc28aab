import type { Session } from '../../context.ts';
import { answerFailure } from '../../domain/answer-failure.ts';
import { cleanText } from '../../domain/clean-text.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { FailureId } from '../../domain/failure-id.ts';
import { judgeAnswer } from '../../domain/judge-answer.ts';
import { askAddress } from '../../process/ask-address.ts';
import { filesMissing } from './files-missing.ts';
import { redirectLoop } from './redirect-loop.ts';
import { NO_DATA_PLANE, type SmokeAddress, smokeAddress } from './smoke-address.ts';
import type { SmokeCheck } from './smoke-checks.ts';

/** Milliseconds for one answer. */
const WITHIN_MS = 10_000;

/** A fresh address may refuse at first, or its name not be known: so often it is asked again, so many milliseconds apart. */
const AGAIN = { times: 4, unheardTimes: 10, afterMs: 3_000 };

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
  /** The failure of docs/failures.md that the answer gives away; null: none that is known. */
  failure: FailureId | null;
  /** What is missing in the DNS of a name, though its owner was asked past it; null: nothing. */
  record: { name: string; type: 'CNAME'; value: string } | null;
}

export interface AskInput {
  checks: readonly SmokeCheck[];
  /** The outputs of the environment’s stacks. */
  urls: Readonly<Record<string, string>>;
  token?: string | undefined;
  /** What is not running on purpose, with the reason, by component. */
  resting: ReadonlyMap<string, string>;
}

export type SmokePowers = Pick<
  Session,
  'aws' | 'clock' | 'environment' | 'reporter' | 'signal' | 'target' | 'variables'
>;

/** Sends every check side by side, and says of each what came of it. */
export function askChecks(session: SmokePowers, input: AskInput): Promise<SmokeResult[]> {
  const { checks } = input;
  return session.reporter.tree(`Asking ${session.environment.name}`, (tree) =>
    Promise.all(
      checks.map(async (check, index) => {
        const title = `${check.component}  ${check.method} ${check.path}`;
        tree.row(String(index), { title, state: 'running' });
        const result = await excused(session, input, await carryOut(session, check, input));
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
}

async function carryOut(session: SmokePowers, check: SmokeCheck, input: AskInput): Promise<SmokeResult> {
  const { environment, target } = session;
  const { component, method, path, expected, needsToken } = check;
  const { sandbox } = target;
  const endpoint = target.endpoint ?? emulatorIn(session.variables);
  const { blocks, emulator } = environment;
  const address = smokeAddress(component, path, { urls: input.urls, blocks, endpoint, sandbox, emulator });
  const url = 'url' in address ? address.url.href : null;
  const common = { component, method, path, url, answer: null, failure: null, record: null };
  const skipped = (why: string): SmokeResult => ({ ...common, status: 'skipped', why: [why] });
  const rests = input.resting.get(component);
  if (rests) return skipped(rests);
  if ('why' in address) return skipped(address.why);
  if (needsToken && !input.token)
    return skipped(
      `it needs a token: platform smoke ${environmentFlags(environment)} --token-from <variable that holds one>`,
    );
  const headers = { ...check.headers, ...(needsToken && { authorization: `Bearer ${input.token}` }) };
  for (let attempt = 1; ; attempt += 1) {
    const seen = await ask(session, { ...check, headers }, address);
    if ('why' in seen) {
      if (attempt <= AGAIN.unheardTimes && method !== 'POST' && !sandbox) await pause(session);
      else return { ...common, status: 'failed', why: [seen.why] };
      continue;
    }
    const problems = judgeAnswer(expected, seen).map(cleanText);
    const { status, milliseconds, record } = seen;
    const answered = { ...common, answer: { status, milliseconds }, record: record ?? null };
    if (status === 501 && sandbox) return { ...answered, status: 'skipped', why: [NO_DATA_PLANE] };
    if (problems.length === 0) return { ...answered, status: 'passed', why: [] };
    if (status < 500 || attempt > AGAIN.times || method === 'POST') {
      const known = answerFailure(seen) ?? (await loopOf(session, { ...check, headers }, address, seen));
      return known
        ? { ...answered, failure: known.failure, status: 'failed', why: [...problems, cleanText(known.why)] }
        : { ...answered, status: 'failed', why: problems };
    }
    await pause(session);
  }
}

/** Calls of AWS that stay on this machine reach an emulator: what it says of addresses leads nowhere. */
const emulatorIn = ({ AWS_ENDPOINT_URL: url = '' }: SmokePowers['variables']): string | undefined =>
  /^https?:\/\/(localhost|127\.|\[::1\])/.test(url) ? url : undefined;

const pause = ({ clock, signal, target }: SmokePowers): Promise<void> =>
  clock.sleep(target.sandbox ? target.pollMs : AGAIN.afterMs, signal);

type Seen = Awaited<ReturnType<typeof askAddress>> & Partial<Pick<SmokeResult, 'record'>>;

/** A name that DNS does not know is asked at AWS’s own name of what answers to it, and the record that is missing said. */
async function ask(
  { signal, variables }: SmokePowers,
  { method, headers, body }: SmokeCheck,
  { url, host }: Extract<SmokeAddress, { url: URL }>,
): Promise<Seen | { why: string }> {
  const request = { url, method, headers, ...(body && { body }), withinMs: WITHIN_MS, variables, signal };
  try {
    return await askAddress(request);
  } catch (error) {
    if (signal.aborted) throw error;
    if (!isUnknownName(error)) return { why: `nobody answers: ${wordsOf(error)}` };
    const record = host === undefined || host === url.hostname ? null : recordFor(url.hostname, host);
    if (!record) return { why: `DNS gives no address of ${url.hostname}` };
    return await askAddress({ ...request, connectTo: record.value }).then(
      (answer) => ({ ...answer, record }),
      (second: unknown) => {
        if (signal.aborted) throw second;
        return {
          why: `DNS gives no address of ${url.hostname}, and ${record.value} does not answer: ${wordsOf(second)}`,
        };
      },
    );
  }
}

/** Only what reads is sent again, and only where it was sent first. */
async function loopOf(
  { signal, variables }: SmokePowers,
  { method, headers }: SmokeCheck,
  { url }: Extract<SmokeAddress, { url: URL }>,
  seen: Seen,
): Promise<{ failure: FailureId; why: string } | undefined> {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const connectTo = seen.record ? { connectTo: seen.record.value } : {};
  const ask = (at: URL) =>
    askAddress({ url: at, method, headers, ...connectTo, withinMs: WITHIN_MS, variables, signal });
  const way = await redirectLoop(url, seen, ask).catch((error: unknown) => {
    if (signal.aborted) throw error;
    return undefined;
  });
  return (
    way && {
      failure: 'F-63',
      why: `it is redirected for ever (F-63): ${way.slice(0, 4).join(' → ')}; behind a load balancer or CloudFront the program has to believe X-Forwarded-Proto before it redirects to https`,
    }
  );
}

const recordFor = (name: string, value: string): NonNullable<SmokeResult['record']> => ({ name, type: 'CNAME', value });

const isUnknownName = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOTFOUND', 'ENODATA', 'EAI_AGAIN'].includes(String(error.code));

const wordsOf = (error: unknown): string => cleanText(error instanceof Error ? error.message : String(error));

/** A site whose files are not up yet cannot answer: that is the next step, and no failure of this one. */
async function excused(session: SmokePowers, { urls }: AskInput, result: SmokeResult): Promise<SmokeResult> {
  if (result.status !== 'failed' || !/^sites\./.test(result.component)) return result;
  if (![403, 404].includes(result.answer?.status ?? 0)) return result;
  const why = await filesMissing(session, result.component.slice('sites.'.length), urls);
  return why === undefined
    ? result
    : { ...result, status: 'skipped', why: [`it answered ${result.answer!.status}: ${why}`] };
}
