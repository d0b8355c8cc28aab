/** A server of this machine, and how a container on a bridge reaches it. */
export interface Passage {
  address: string;
  port: number;
  inside: { host: string; port: number };
}

/**
 * Variables as a container on a bridge needs them: there loopback is the container itself, so that the addresses of
 * this machine's databases become the machine's name, and their ports those that lead there.
 */
export function throughGateway(
  values: Readonly<Record<string, string>>,
  passages: readonly Passage[],
): Record<string, string> {
  const changed = { ...values };
  for (const { address, port, inside } of passages) {
    for (const [name, value] of Object.entries(changed)) {
      if (!value.includes(address)) continue;
      const portName = name.replace(/host/i, (host) => (host === 'host' ? 'port' : 'PORT'));
      if (value === address && portName !== name && changed[portName] === String(port))
        changed[portName] = String(inside.port);
      changed[name] =
        inSecret(value, { address, inside }) ??
        value.replaceAll(`${address}:${port}`, `${inside.host}:${inside.port}`).replaceAll(address, inside.host);
    }
  }
  return changed;
}

/** The JSON of a secret that is attached to a database. */
function inSecret(value: string, { address, inside }: Pick<Passage, 'address' | 'inside'>): string | undefined {
  if (!value.startsWith('{')) return undefined;
  try {
    const secret = JSON.parse(value) as { host?: unknown };
    return secret.host === address ? JSON.stringify({ ...secret, ...inside }) : undefined;
  } catch {
    return undefined;
  }
}
