import { PlatformError } from '../errors/platform-error.ts';
import type { TOPICS } from './help.ts';

const EXIT_CODES = `Exit codes

  0   done
  1   failed; also a deployment that Ctrl-C cancelled, and findings of validate
      and image check
  2   usage, or a configuration that does not load
  4   credentials, account or permission
  5   declined at a question, or stopped with Ctrl-C before anything had begun
  8   still going on: nothing failed, but it is not finished; run it again to look
  70  a bug of platform

With --json a failure is one document too: {"error":{"id","kind","message","remedy","problems"}}.
`;

const ENVIRONMENT = `Environment variables

Credentials, as for the AWS CLI
  AWS_PROFILE                   profile; --profile goes first, then the environment's profile: of platform.yaml
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN
  AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE
  AWS_ROLE_ARN, AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_SESSION_NAME
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_CONTAINER_CREDENTIALS_FULL_URI
  AWS_EC2_METADATA_DISABLED

Where calls go
  AWS_REGION, AWS_DEFAULT_REGION  only where platform.yaml names no region; --region goes before both
  AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_<SERVICE>
  AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT
  HTTPS_PROXY, HTTP_PROXY, NO_PROXY (and in lower case)
  AWS_CA_BUNDLE                 PEM file of certificate authorities, in place of the built-in ones

Output
  PLATFORM_DEBUG                1: as --debug, where no flag can be added; 0, false, no or nothing: not
  NO_COLOR                      any value: no colours
  FORCE_COLOR                   colours without a terminal; 0 for none
  TERM=dumb, CI                 plain lines instead of a drawing that changes

Where platform.yaml is looked for
  GIT_CEILING_DIRECTORIES       folders above which nobody looks, as for git

Names
  PLATFORM_NAME_SERVERS         name servers to ask where host names lead, as 192.0.2.1 or 192.0.2.1:5353, separated by
                                commas; else those of the machine

Images
  PLATFORM_CONTAINER_ENGINE     docker, podman, nerdctl or finch, instead of the first whose daemon answers; none: do
                                not look for one, so that nothing is built
  DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CONFIG, DOCKER_BUILDKIT and their like reach the engine as they are

Build arguments
  \${ci.NAME} in platform.yaml   the variable NAME, for the building of sites and images

On the sandbox (--env sandbox, --sandbox) no AWS_* variable and no shared file has any effect: nothing around a
rehearsal can lead it to a real account.
`;

/** `detail` is an error's id, for the topic of errors. */
export async function topicText(topic: (typeof TOPICS)[number], detail?: string): Promise<string> {
  switch (topic) {
    case 'exit-codes':
      return EXIT_CODES;
    case 'environment':
      return ENVIRONMENT;
    case 'errors':
      return errorsText(detail);
  }
}

async function errorsText(id: string | undefined): Promise<string> {
  const { ERRORS } = await import('../errors/registry.ts');
  if (id === undefined) {
    const width = Math.max(...ERRORS.map((error) => error.id.length));
    const lines = ERRORS.map((error) => `  ${error.id.padEnd(width)}  ${error.kind}`);
    return `Errors\n\n${lines.join('\n')}\n\nplatform help errors <id> says what one means and what to do.\n`;
  }
  const error = ERRORS.find((candidate) => candidate.id === id);
  if (!error) throw unknownError(id);
  return `${error.id} (${error.kind})\n\n  ${error.message}\n  fix: ${error.remedy}\n`;
}

const unknownError = (id: string) =>
  new PlatformError({
    id: 'help-error-unknown',
    kind: 'usage',
    message: `There is no error ${id}`,
    remedy: 'platform help errors lists them all',
  });
