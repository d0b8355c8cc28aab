import { Resolver } from 'node:dns/promises';

/**
 * IPv4 addresses of a name, as the machine's name servers say; empty where it does not exist. `unanswered`: they cannot
 * be reached or refuse, which says nothing about the name. `servers` asks others instead, as `127.0.0.1:5353`.
 */
export const addressesOf = (name: string, servers?: readonly string[]): Promise<string[] | 'unanswered'> =>
  asked((resolver) => resolver.resolve4(name), servers);

/** What a name is another name of, in the same way. */
export const aliasesOf = (name: string, servers?: readonly string[]): Promise<string[] | 'unanswered'> =>
  asked((resolver) => resolver.resolveCname(name), servers);

/** Name servers that somebody wants to be asked: the names of a company may be other ones inside it. */
export const nameServersIn = (variables: Readonly<Record<string, string | undefined>>): string[] | undefined =>
  variables.PLATFORM_NAME_SERVERS?.split(',').map((one) => one.trim());

async function asked(
  ask: (resolver: Resolver) => Promise<string[]>,
  servers: readonly string[] | undefined,
): Promise<string[] | 'unanswered'> {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (servers) resolver.setServers(servers);
  try {
    return await ask(resolver);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : 'unanswered';
  }
}
