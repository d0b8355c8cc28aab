import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { accessKeys } from '../../../kernel/access-keys.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { roleName } from '../role.ts';
import type { VersionRow } from '../state.ts';

const RUNTIME_DIR = '/var/runtime';

/** Since Node.js 20 the runtime believes the authorities of RDS, which it carries, only when it is told to. */
const isOlderNode = (runtime = ''): boolean => /^nodejs1\d\./.test(runtime);

const HOUR_MS = 3_600_000;

export interface Keys {
  id: string;
  secret: string;
  token: string;
}

/** Keys of the execution role, as an instance finds them in its environment. */
export function issueKeys({ function: name, settings }: VersionRow, scope: Scope): Keys {
  const id = `ASIA${randomBytes(10).toString('hex').slice(0, 16).toUpperCase()}`;
  const session = `${roleName(settings.Role!)}/${name}`;
  accessKeys.in(scope).put(id, {
    account: scope.account,
    principal: `arn:aws:sts::${scope.account}:assumed-role/${session}`,
    userId: `AROA${scope.account}LMBDA:${name}`,
    expiresAt: Date.now() + 12 * HOUR_MS,
  });
  return { id, secret: randomBytes(30).toString('base64'), token: randomBytes(60).toString('base64') };
}

/**
 * What a function finds in its environment: nothing of the sandbox's own, and no way to credentials of this machine.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function environmentOf(
  row: VersionRow,
  { keys, directory, layers, scope }: { keys: Keys; directory: string; layers: readonly string[]; scope: Scope },
  { logStream, temporary }: { logStream: string; temporary: string },
): Record<string, string> {
  const { settings } = row;
  const authorities = scope.world.machine?.databases?.authorityFile();
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    HOME: temporary,
    TMPDIR: temporary,
    NODE_PATH: layers.flatMap((layer) => [`${layer}/nodejs/node_modules`, `${layer}/nodejs`]).join(':'),
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: scope.world.endpoint,
    ...(authorities !== undefined && isOlderNode(settings.Runtime) && { NODE_EXTRA_CA_CERTS: authorities }),
    ...settings.Environment,
    // The way to them that AWS tells people to write.
    ...(authorities !== undefined &&
      settings.Environment?.NODE_EXTRA_CA_CERTS === `${RUNTIME_DIR}/ca-cert.pem` && {
        NODE_EXTRA_CA_CERTS: authorities,
      }),
    _HANDLER: settings.Handler!,
    AWS_REGION: scope.region,
    AWS_DEFAULT_REGION: scope.region,
    AWS_ACCESS_KEY_ID: keys.id,
    AWS_SECRET_ACCESS_KEY: keys.secret,
    AWS_SESSION_TOKEN: keys.token,
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: row.function,
    AWS_LAMBDA_FUNCTION_VERSION: row.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.MemorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: settings.LoggingConfig!.LogGroup!,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    LAMBDA_TASK_ROOT: directory,
    LAMBDA_RUNTIME_DIR: authorities === undefined ? RUNTIME_DIR : dirname(authorities),
  };
}
