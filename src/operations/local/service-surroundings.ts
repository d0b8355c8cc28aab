import { surroundings } from '../../../infra/injection.ts';
import { outputs } from '../../../infra/outputs.ts';
import type { SecretKey } from '../../../infra/setting-values.ts';
import type { ComponentSettings } from '../../../infra/settings.ts';
import type { EffectiveEnvironment } from '../../config/project.ts';
import { formatReferences, parseReferences } from '../../config/references.ts';
import type { Session } from '../../context.ts';
import { databaseUrl } from '../../domain/database-url.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { type ComposeService, POSTGRES_HOST } from '../../release/compose-file.ts';
import { offlineSettings } from '../../release/offline-settings.ts';
import { resolveText } from '../../release/resolve-text.ts';
import { secretName } from '../../release/secret-name.ts';
import { Secret } from '../../secret.ts';
import type { Credentials } from '../databases/database-access.ts';
import { readSecret } from '../secrets/look-at-secrets.ts';
import { findStacks } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { stateOf } from '../state-of.ts';
import { insideText } from './inside-text.ts';

type Powers = Pick<Session, 'aws' | 'environment' | 'reporter' | 'target'>;

/** What every container is given beside its own: the way to the emulator, and keys for it. */
export interface WayInside {
  /** The emulator as containers reach it. */
  endpoint: string;
  variables: Readonly<Record<string, string>>;
}

export type Surround = (component: ComponentSettings) => Promise<Pick<ComposeService, 'environment' | 'secrets'>>;

/**
 * What ECS would hand to a container, made for one of this machine: the same variables and the same secrets, with the
 * database of this machine in place of AWS's, and the emulator's addresses as containers reach them.
 */
export async function surroundingsInside(
  session: Powers,
  { credentials, inside }: { credentials: ReadonlyMap<string, Credentials>; inside: WayInside },
): Promise<{ surround: Surround; settings: ReturnType<typeof offlineSettings> }> {
  const { environment } = session;
  const settings = offlineSettings(betweenContainers(environment));
  const { state } = await stateOf(session);
  const told = new Map((await findStacks(session, state)).map(({ id, stack }) => [id, stackOutputs(stack)]));
  const hosts = Object.fromEntries(
    Object.keys(environment.blocks.databases).flatMap((name) =>
      [outputs.data.databaseHost(name), outputs.data.databaseReaderHost(name)].map((key) => [key, POSTGRES_HOST]),
    ),
  );
  const outputsOf = (stack: string) => ({ ...told.get(stack), ...(stack === 'data' ? hosts : {}) });
  const endpoint = session.target.endpoint ?? '';
  const surround: Surround = async (component) => {
    const { environment: texts, secrets } = surroundings(component, settings);
    const known = Object.entries(texts).flatMap(([name, text]) => {
      const value = resolveText(text, outputsOf);
      return value === undefined ? [] : [[name, insideText(value, endpoint, inside.endpoint)] as const];
    });
    const revealed = await Promise.all(
      Object.entries(secrets).map(
        async ([name, key]) => [name, await valueBehind(session, key, { settings, credentials })] as const,
      ),
    );
    return {
      environment: { ...inside.variables, ...Object.fromEntries(known) },
      secrets: Object.fromEntries(revealed),
    };
  };
  return { surround, settings };
}

/** Services know each other by their names: the load balancer of an emulator leads to none of them. */
function betweenContainers(environment: EffectiveEnvironment): EffectiveEnvironment {
  const { blocks } = environment;
  const between = (text: string) =>
    formatReferences(
      parseReferences(text).map((part) => {
        if ('text' in part || part.reference.resolved !== 'deploy' || part.reference.type !== 'service') return part;
        const { block, attribute } = part.reference;
        const { port } = blocks.services[block] ?? {};
        const host = attribute === 'url' ? `http://${block}${port === undefined ? '' : `:${port}`}` : block;
        return { text: host };
      }),
    );
  const services = Object.fromEntries(
    Object.entries(blocks.services).map(([name, service]) => [
      name,
      {
        ...service,
        env: Object.fromEntries(Object.entries(service.env).map(([variable, text]) => [variable, between(text)])),
      },
    ]),
  );
  return { ...environment, blocks: { ...blocks, services } };
}

interface Known {
  settings: ReturnType<typeof offlineSettings>;
  credentials: ReadonlyMap<string, Credentials>;
}

async function valueBehind(session: Powers, key: SecretKey, { settings, credentials }: Known): Promise<Secret> {
  if (key.from === 'database') {
    const { user, password } = credentials.get(key.database)!;
    if (key.key === 'username') return new Secret('username', user);
    if (key.key === 'password') return password;
    const { databaseName } = settings.databases[key.database]!;
    const address = { host: POSTGRES_HOST, port: 5432, name: databaseName, user };
    return new Secret('url', databaseUrl(address, password.reveal(), 'disable'));
  }
  const { secret, key: wanted } = key;
  const { contents } = await readSecret(session, secretName(session.environment, secret));
  const found = contents.kind === 'json' ? contents.values.get(wanted) : undefined;
  if (!found) throw secretMissing(session.environment, secret, wanted);
  return found;
}

const secretMissing = ({ name }: EffectiveEnvironment, secret: string, key: string) =>
  new PlatformError({
    id: 'local-secret-missing',
    kind: 'failed',
    message: `Secret ${secret} has no value for ${key}, which a service of ${name} is given (F-90)`,
    remedy: `put ${key} into .env.${name}, then platform secrets push --env ${name} and platform local up`,
  });
