const LOOPBACK = '127.0.0.1';

/**
 * Variables as a container on a bridge needs them: there 127.0.0.1 is the container itself, so that a database of this
 * machine, known by its port, is reached by the machine's name. Everything else that says 127.0.0.1 stays.
 */
export function throughGateway(
  values: Readonly<Record<string, string>>,
  { name, ports }: { name: string; ports: ReadonlySet<number> },
): Record<string, string> {
  const isDatabase = (port: string | undefined): boolean => port !== undefined && ports.has(Number(port));
  const translated = ([key, value]: [string, string]): [string, string] => {
    if (value === LOOPBACK) return [key, isDatabase(values[key.replace(/HOST/i, portLike)]) ? name : value];
    const inAddresses = value.replaceAll(/127\.0\.0\.1:(\d+)/g, (all, port) =>
      isDatabase(port) ? `${name}:${port}` : all,
    );
    return [key, inSecret(inAddresses, { name, ports })];
  };
  return Object.fromEntries(Object.entries(values).map(translated));
}

const portLike = (host: string): string => (host === host.toLowerCase() ? 'port' : 'PORT');

/** The JSON of a secret that is attached to a database. */
function inSecret(value: string, { name, ports }: { name: string; ports: ReadonlySet<number> }): string {
  if (!value.startsWith('{') || !value.includes(LOOPBACK)) return value;
  try {
    const secret = JSON.parse(value) as { host?: unknown; port?: unknown };
    return secret.host === LOOPBACK && ports.has(Number(secret.port))
      ? JSON.stringify({ ...secret, host: name })
      : value;
  } catch {
    return value;
  }
}
