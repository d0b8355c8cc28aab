import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/**
 * A port of 127.0.0.1 for a program that cannot choose one itself. It is none of those that the kernel gives to whoever
 * asks for any, so that no connection of another test has it before the program listens.
 */
export async function freePort(): Promise<number> {
  const lowest = lowestGivenPort();
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * (lowest - 10_000));
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch {
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}

/** https://docs.kernel.org/networking/ip-sysctl.html#ip-variables */
function lowestGivenPort(): number {
  try {
    return Math.max(11_000, Number.parseInt(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8'), 10));
  } catch {
    return 32_768;
  }
}
