import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface Asking {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** A host that is connected to instead of the URL’s, which stays the one that is asked for. */
  connectTo?: string;
  /** Milliseconds for the whole answer. */
  withinMs: number;
  /** For HTTPS_PROXY and NO_PROXY. */
  variables: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
  /** Kept for the next request; absent: one of its own. */
  connections?: HttpAgent | HttpsAgent;
}

export interface HttpAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: string;
  milliseconds: number;
}

/** Bytes of an answer that are read; the rest is let go. */
const MOST = 1_048_576;

/**
 * One request as a visitor sends it: certificates are verified, no redirect is followed. Throws what the connection says
 * when there is no answer.
 */
export function askAddress({
  url,
  method,
  headers,
  body,
  connectTo,
  withinMs,
  variables,
  signal,
  connections,
}: Asking): Promise<HttpAnswer> {
  const isLoopback = /^(127\.|localhost$|\[::1\]$)/.test(connectTo ?? url.hostname);
  const agentOptions = isLoopback ? {} : { proxyEnv: variables };
  const secure = url.protocol === 'https:';
  const agent = connections ?? (secure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions));
  const began = performance.now();
  const both = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
  return new Promise((resolve, reject) => {
    const asked = (secure ? httpsRequest : httpRequest)(
      url,
      {
        agent,
        method,
        signal: both,
        ...(connectTo && { hostname: connectTo, servername: url.hostname }),
        headers: {
          'user-agent': 'platform-smoke',
          ...(connectTo && { host: url.host }),
          ...headers,
          ...(body && { 'content-length': Buffer.byteLength(body) }),
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        let size = 0;
        const finish = () =>
          resolve({
            status: response.statusCode!,
            headers: Object.fromEntries(
              Object.entries(response.headers).map(([name, value]) => [
                name,
                Array.isArray(value) ? value.join(', ') : value,
              ]),
            ),
            body: Buffer.concat(parts).subarray(0, MOST).toString(),
            milliseconds: Math.round(performance.now() - began),
          });
        response.on('data', (part: Buffer) => {
          parts.push(part);
          size += part.length;
          if (size < MOST) return;
          finish();
          response.destroy();
        });
        response.on('end', finish);
        response.on('error', reject);
      },
    );
    asked.on('error', (error) =>
      reject(both.aborted && !signal.aborted ? new Error(`no answer within ${withinMs / 1000} s`) : error),
    );
    asked.end(body);
  }).finally(() => {
    if (!connections) agent.destroy();
  }) as Promise<HttpAnswer>;
}
