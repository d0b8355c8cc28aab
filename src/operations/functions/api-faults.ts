import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { counted } from '../../domain/counted.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import { parsedJson } from '../../domain/parsed-json.ts';
import type { Problem } from '../../errors/problem.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment'>;

const SINCE_MS = 60 * 60_000;
/** 29 seconds of a REST API, 30 of an HTTP API: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const WAITS_MS = 29_000;

export interface ApiLook {
  /** APIs that write a log of their requests. */
  looked: number;
  problems: Problem[];
}

/**
 * What API Gateway answered by itself within the last hour, as the log of requests has it: answers that took too long or
 * were too large (F-125), authorizers that it does not understand (F-123). Only reads.
 */
export async function apiFaults(session: Powers, told: Readonly<Record<string, string>>): Promise<ApiLook> {
  const { aws, clock, environment } = session;
  const logged = Object.entries(environment.blocks.apis).flatMap(([name, { handler }]) => {
    const group = told[outputs.functions.apiAccessLog(name)];
    return group ? [{ name, group, fn: handler.replace(/^fn\./, '') }] : [];
  });
  const found = await fewAtATime(logged, async ({ name, group, fn }) => {
    const page = await aws.logs.groupEvents(group, { since: clock.now() - SINCE_MS });
    const lines = (page?.events ?? []).map(({ text }) => text);
    return KINDS.flatMap(({ failure, severity, isIt, says, remedy }): Problem[] => {
      const hits = lines.filter((line) => isIt(requestOf(line)));
      const newest = hits.at(-1);
      if (newest === undefined) return [];
      return [
        {
          rule: failure,
          severity,
          path: `apis.${name}`,
          message: `${counted(hits.length, 'request')} within the last hour ${says}`,
          remedy: remedy(fn, environmentFlags(environment)),
          evidence: [evidenceOf('logs:FilterLogEvents', `${group} events[].message`, newest)],
        },
      ];
    });
  });
  return { looked: logged.length, problems: found.flat() };
}

interface LoggedRequest {
  status: number;
  latency: number;
  error: string;
}

const KINDS: readonly {
  failure: 'F-123' | 'F-125';
  severity: Problem['severity'];
  isIt: (request: LoggedRequest) => boolean;
  says: string;
  remedy: (fn: string, flags: string) => string;
}[] = [
  {
    failure: 'F-123',
    severity: 'error',
    isIt: ({ error }) => error === 'AUTHORIZER_CONFIGURATION_ERROR',
    says: 'met an authorizer whose answer has a form that API Gateway does not take, and got 500',
    remedy: (_fn, flags) =>
      `an authorizer answers a principalId, a policy for the whole stage, and a context of texts, numbers and truth values alone; platform deploy ${flags} puts back the one that ships`,
  },
  {
    failure: 'F-125',
    severity: 'warning',
    // 503 is the word of HTTP APIs; a function that answers so itself is quicker.
    isIt: ({ error, status, latency }) =>
      error === 'INTEGRATION_TIMEOUT' || ((status === 504 || status === 503) && latency >= WAITS_MS),
    says: `got no answer before API Gateway gave up, after ${WAITS_MS / 1000} seconds`,
    remedy: (fn) =>
      `let functions.${fn} answer 202 at once and do the work behind a queue; timeoutSeconds: 29 has it end before API Gateway does`,
  },
  {
    failure: 'F-125',
    severity: 'warning',
    isIt: ({ error, status }) => error === 'REQUEST_TOO_LARGE' || status === 413,
    says: 'brought more than the 10 MB that API Gateway lets through',
    remedy: () => 'let clients upload to a bucket with a URL that is signed for it, and send the API its name',
  },
];

/** A line of another form, of an earlier deployment or by hand, says nothing. */
function requestOf(line: string): LoggedRequest {
  const { status, latency, error } = (parsedJson(line) ?? {}) as Record<string, unknown>;
  return { status: Number(status), latency: Number(latency), error: String(error ?? '-') };
}
