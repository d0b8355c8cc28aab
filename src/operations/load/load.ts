import type { Session } from '../../context.ts';
import { type AnswerTimes, answerTimes } from '../../domain/answer-times.ts';
import { cleanText } from '../../domain/clean-text.ts';
import { nearest } from '../../domain/nearest.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { sendRequests } from '../../process/send-requests.ts';
import { flatOutputs } from '../../release/flat-outputs.ts';
import { smokeAddress } from '../smoke/smoke-address.ts';
import { smokeChecks } from '../smoke/smoke-checks.ts';
import { findStacks } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { stateOf } from '../state-of.ts';
import { type AuthorizerCalls, authorizerOf, countAuthorizer } from './count-authorizer.ts';

export interface LoadInput {
  /** As platform.yaml calls it: `public`, `apis.public`, `services.web`. */
  component: string;
  path?: string;
  requests: number;
  atOnce: number;
  /** The variable that holds a bearer token. */
  tokenFrom?: string;
}

/** The contract of `load --json`. */
export interface LoadOutcome {
  environment: string;
  component: string;
  url: string;
  requests: number;
  atOnce: number;
  seconds: number;
  /** How often each status came back. */
  answers: Record<string, number>;
  /** What the connection said instead, with how often. */
  unanswered: Record<string, number>;
  /** Of what was served, in milliseconds: what was throttled is quick and served nobody. */
  latency: AnswerTimes | null;
  /** How many were sent away with 429, and what the configuration lets through; null where it says nothing. */
  throttled: number;
  throttle: { rate: number; burst: number } | null;
  authorizer: AuthorizerCalls | null;
  dryRun: boolean;
}

/** However slow it is, it ends. */
const FOR_MS = 5 * 60_000;

/** Sends many requests to one address and says what came back: limits, the authorizer's memory, latencies. Changes nothing. */
export async function load(session: Session, input: LoadInput): Promise<LoadOutcome> {
  const { clock, environment, flags, prompter, reporter, signal, target, variables } = session;
  const { requests, atOnce, tokenFrom } = input;
  const component = chosen(session, input.component);
  const token = tokenFrom === undefined ? undefined : variables[tokenFrom];
  if (tokenFrom !== undefined && !token) throw noToken(tokenFrom);
  const { state } = await stateOf(session);
  const told = new Map((await findStacks(session, state)).map(({ id, stack }) => [id, stackOutputs(stack)]));
  const outputsOf = (id: string) => told.get(id) ?? {};
  const path = input.path ?? smokeChecks(environment.blocks).find((one) => one.component === component)?.path ?? '/';
  const urls = flatOutputs(environment.blocks, outputsOf);
  const { endpoint, sandbox } = target;
  const address = smokeAddress(component, path, { urls, blocks: environment.blocks, endpoint, sandbox });
  if ('why' in address) throw nobodyToLoad(component, environment.name, address.why);

  const [block = '', name = ''] = component.split('.');
  const api = block === 'apis' ? environment.blocks.apis[name] : undefined;
  const common = {
    environment: environment.name,
    component,
    url: address.url.href,
    requests,
    atOnce,
    throttle: api?.throttle ? { rate: api.throttle.rate, burst: api.throttle.burst } : null,
    dryRun: flags.dryRun,
  };
  const text = `Send ${requests} requests, ${atOnce} at once, to ${address.url.href} of ${environment.name} (account ${target.account})`;
  if (environment.kind === 'prod')
    await prompter.askTyped({
      text: `${text}: people are served there, and what it takes is taken from them`,
      name: `${environment.name}/load`,
    });
  else await prompter.ask({ text: `${text}?` });
  if (flags.dryRun)
    return {
      ...common,
      requests: 0,
      seconds: 0,
      answers: {},
      unanswered: {},
      latency: null,
      throttled: 0,
      authorizer: null,
    };

  const authorizer = api && authorizerOf(environment.blocks, name, outputsOf);
  const counting = authorizer && (await countAuthorizer(session, authorizer));
  const { answers, unanswered, tookMs } = await reporter.step(`Asking ${component} ${requests} times`, (update) =>
    sendRequests({
      url: address.url,
      headers: { accept: '*/*', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      requests,
      atOnce,
      withinMs: FOR_MS,
      variables,
      signal,
      onAnswer: (answered) => update(`${answered} answered`),
    }),
  );
  if (answers.length === 0) throw nobodyAnswers(address.url, [...unanswered.keys()].map(cleanText));
  const counts = Map.groupBy(answers, ({ status }) => String(status));
  return {
    ...common,
    requests: answers.length + [...unanswered.values()].reduce((all, count) => all + count, 0),
    seconds: Math.round(tookMs) / 1000,
    answers: Object.fromEntries([...counts].sort().map(([status, of]) => [status, of.length])),
    unanswered: Object.fromEntries([...unanswered].map(([words, count]) => [cleanText(words), count])),
    latency: answerTimes(answers.filter(({ status }) => status !== 429).map(({ milliseconds }) => milliseconds)),
    throttled: counts.get('429')?.length ?? 0,
    authorizer: counting ? await counting.since(clock.now()) : null,
  };
}

/** Throws `load-unknown` (exit 2) for what has no address. */
function chosen({ environment }: Session, wanted: string): string {
  const { services, apis, sites } = environment.blocks;
  const known = [
    ...Object.entries(services).flatMap(([name, { http }]) => (http ? [`services.${name}`] : [])),
    ...Object.keys(apis).map((name) => `apis.${name}`),
    ...Object.keys(sites).map((name) => `sites.${name}`),
  ];
  const found = known.filter((one) => one === wanted || one.split('.')[1] === wanted);
  if (found.length === 1) return found[0]!;
  const near = nearest(
    wanted,
    known.flatMap((one) => [one, one.split('.')[1]!]),
  );
  throw new PlatformError({
    id: 'load-unknown',
    kind: 'usage',
    message:
      found.length > 1
        ? `${wanted} is the name of ${found.join(' and ')}`
        : `${environment.name} has no service with http, API or site called ${JSON.stringify(wanted)}`,
    remedy:
      found.length > 1
        ? `name one of ${found.join(', ')}`
        : near
          ? `name ${near}`
          : `name one of ${known.join(', ') || 'them, once there is one'}`,
  });
}

const noToken = (variable: string) =>
  new PlatformError({
    id: 'load-token-missing',
    kind: 'usage',
    message: `The variable ${variable} is not set or empty`,
    remedy: `put a token there: ${variable}=… platform load <component> --token-from ${variable}`,
  });

const nobodyToLoad = (component: string, environment: string, why: string) =>
  new PlatformError({
    id: 'load-no-address',
    kind: 'failed',
    message: `${component} of ${environment} cannot be asked: ${why}`,
    remedy: 'platform status says what is deployed, platform outputs at which address',
  });

const nobodyAnswers = (url: URL, words: readonly string[]) =>
  new PlatformError({
    id: 'load-nobody-answers',
    kind: 'failed',
    message: `Nobody answered at ${url.href}: ${words.join('; ')}`,
    remedy: 'platform smoke asks once, and looks for the cause',
  });
