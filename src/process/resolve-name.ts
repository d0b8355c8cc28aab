import { Resolver } from 'node:dns/promises';

/**
 * IPv4 addresses of a name, as the machine's name servers say; empty where it does not exist. `unanswered`: they cannot
 * be reached or refuse, which says nothing about the name. `servers` asks others instead, as `127.0.0.1:5353`.
 */
export async function addressesOf(name: string, servers?: readonly string[]): Promise<string[] | 'unanswered'> {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (servers) resolver.setServers(servers);
  try {
    return await resolver.resolve4(name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : 'unanswered';
  }
}
