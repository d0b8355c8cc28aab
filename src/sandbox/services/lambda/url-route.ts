import { randomUUID } from 'node:crypto';
import { AwsFault } from '../../kernel/fault.ts';
import type { HttpRoute } from '../../kernel/http-route.ts';
import type { Scope } from '../../kernel/scope.ts';
import { admit, leave } from './admit.ts';
import { answerOfVersion2, eventOfVersion2, type WebAnswer, type WebRequest } from './http-event.ts';
import { letsCloudFrontIn, letsEverybodyIn } from './resource-policy.ts';
import { runFunction } from './run-function.ts';
import { functionArn, type UrlRow, urls } from './state.ts';
import { corsOf, preflight } from './url-cors.ts';
import { readWebRequest, writeWebAnswer } from './web-request.ts';

const ROUTE = /^\/_lambda-url\/(([a-z0-9]{32})\.lambda-url\.([a-z0-9-]+)\.on\.aws)(\/[^?]*)?/i;
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST = 6_291_456;

/** `https://<id>.lambda-url.<region>.on.aws/…` is reached here as `/_lambda-url/<id>.lambda-url.<region>.on.aws/…`. */
export const urlRoute: HttpRoute = async (message, response, { world }) => {
  const [, host = '', id = '', region = '', path = '/'] = ROUTE.exec(message.url ?? '') ?? [];
  const request = await readWebRequest(message, path);
  const found = await world.transaction(() => find(id.toLowerCase(), region, { world, account: '', region }));
  const answer = found ? await ask(found.row, request, host, found.scope) : refused(403);
  writeWebAnswer(response, request, answer);
};

function find(id: string, region: string, { world }: Scope): { row: UrlRow; scope: Scope } | undefined {
  for (const partition of world.store.partitions(urls.name)) {
    const scope = { world, account: partition.split('/')[0]!, region };
    const row = partition.endsWith(`/${region}`)
      ? urls
          .in(scope)
          .values()
          .find((each) => each.id === id)
      : undefined;
    if (row) return { row, scope };
  }
  return undefined;
}

const said = (status: number, Message: string | null): WebAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ Message }),
});

const refused = (status: number): WebAnswer => said(status, 'Forbidden');

const FORBIDDEN =
  'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';

/** Signed requests are let in whoever signed them: callers of the sandbox are administrators. */
const isLetIn = (row: UrlRow, request: WebRequest, scope: Scope): boolean =>
  row.auth === 'AWS_IAM'
    ? (request.headers.authorization?.startsWith('AWS4-HMAC-SHA256') ?? false)
    : letsEverybodyIn(row, scope);

/** A request of CloudFront, which signs for one of its distributions; undefined where no function has this host. */
export async function askByDistribution(
  request: WebRequest,
  { host, distribution, world }: { host: string; distribution: string; world: Scope['world'] },
): Promise<WebAnswer | undefined> {
  const [, id = '', region = ''] = /^([a-z0-9]{32})\.lambda-url\.([a-z0-9-]+)\.on\.aws$/.exec(host) ?? [];
  const found = await world.transaction(() => find(id, region, { world, account: '', region }));
  return found && answerOf(found.row, request, host, found.scope, distribution);
}

async function ask(row: UrlRow, request: WebRequest, host: string, scope: Scope): Promise<WebAnswer> {
  const pre = preflight(row.cors, request);
  if (pre) return pre;
  const answer = await answerOf(row, request, host, scope);
  return { ...answer, headers: { ...answer.headers, ...corsOf(row.cors, request) } };
}

async function answerOf(
  row: UrlRow,
  request: WebRequest,
  host: string,
  scope: Scope,
  distribution?: string,
): Promise<WebAnswer> {
  const { world } = scope;
  if (request.body.length > MOST)
    return said(413, 'Request must be smaller than 6291456 bytes for the InvokeFunction operation');
  const plan = await world.transaction(() => {
    const isIn = distribution === undefined ? isLetIn(row, request, scope) : letsCloudFrontIn(row, distribution, scope);
    if (!isIn) return said(403, FORBIDDEN);
    const event = eventOfVersion2(
      request,
      {
        routeKey: '$default',
        stage: '$default',
        apiId: row.id,
        accountId: row.auth === 'AWS_IAM' ? scope.account : 'anonymous',
        domainName: host,
        requestId: randomUUID(),
      },
      world.clock.stamp(),
    );
    const arn = functionArn(scope, row.function, row.alias);
    const reference = { name: row.function, arn, ...(row.alias !== undefined && { qualifier: row.alias }) };
    try {
      return admit(reference, JSON.stringify(event), scope);
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      return error.code === 'TooManyRequestsException' ? said(429, 'Rate Exceeded.') : said(502, null);
    }
  });
  if ('status' in plan) return plan;
  const result = await runFunction(plan).finally(() => leave(plan));
  const answer = result.failed ? undefined : answerOfVersion2(result.payload);
  return answer ?? { status: 502, headers: { 'content-type': 'application/json' }, body: 'Internal Server Error' };
}
