/** What an engine's output says went wrong, where that is known. */
export interface EngineTrouble {
  kind: 'login' | 'immutable' | 'rate-limit' | 'daemon' | 'emulation' | 'disk' | 'unreachable' | 'dockerfile';
  failure?: string;
  /** What to do; `{base}` is filled by nobody: these are whole sentences. */
  remedy: string;
}

/**
 * Engines have no codes, only sentences; the sentences are the engines' and ECR's own, and each row has a test that
 * holds one verbatim. The first row that matches any line decides.
 */
const ROWS: readonly (readonly [RegExp, EngineTrouble])[] = [
  [
    /authorization token has expired|no basic auth credentials|\b401 Unauthorized\b|authentication required|unauthorized: /i,
    { kind: 'login', failure: 'F-38', remedy: 'run it again: the login with the registry is made anew' },
  ],
  [
    /cannot be overwritten because the (tag|repository) is immutable/i,
    { kind: 'immutable', failure: 'F-39', remedy: 'commit, or give it another tag with --tag <tag>' },
  ],
  [
    /toomanyrequests|pull rate limit|429 Too Many Requests/i,
    {
      kind: 'rate-limit',
      failure: 'F-42',
      remedy:
        'log in with the registry of the base image, or take it from public.ecr.aws/docker/library/ instead of Docker Hub',
    },
  ],
  [
    /cannot connect to the docker daemon|error during connect|is the docker daemon running/i,
    { kind: 'daemon', failure: 'F-40', remedy: 'start the container engine again' },
  ],
  [
    /exec format error|no support for .*platform|does not match the detected host platform/i,
    {
      kind: 'emulation',
      failure: 'F-36',
      remedy:
        'this machine cannot run programs of that processor: docker run --privileged --rm tonistiigi/binfmt --install all adds emulation, or build on a machine that has it',
    },
  ],
  [/no space left on device/i, { kind: 'disk', remedy: 'free some space: docker system prune, or its like' }],
  [
    /failed to resolve source metadata|no such host|i\/o timeout|connection refused|network is unreachable|temporary failure in name resolution|TLS handshake timeout|error pinging container registry/i,
    {
      kind: 'unreachable',
      remedy: 'a registry cannot be reached from here: look at the network and at HTTPS_PROXY of the engine',
    },
  ],
  [
    /dockerfile parse error|failed to (read|parse) dockerfile|unknown instruction/i,
    { kind: 'dockerfile', remedy: 'mend the Dockerfile' },
  ],
];

export function troubleIn(lines: readonly string[]): EngineTrouble | undefined {
  return ROWS.find(([pattern]) => lines.some((line) => pattern.test(line)))?.[1];
}

/** The line that says most: the last that speaks of an error, else the last. */
export const tellingLine = (lines: readonly string[]): string =>
  lines.findLast((line) => /\berror\b|denied|failed|cannot|invalid/i.test(line)) ?? lines.at(-1) ?? '';
