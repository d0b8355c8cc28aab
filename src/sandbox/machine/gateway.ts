import { connect, createServer } from 'node:net';
import type { World } from '../kernel/world.ts';

interface Opening {
  /** On loopback. */
  address: string;
  port: number;
  /** The port that it had on the bridge; absent: the same, or any that is free. */
  known?: number;
}

/**
 * Lets containers on a bridge reach a port of this machine's loopback: on the bridge's own address, which no other
 * machine has a way to. Answers with the port there; undefined where there is no such address. Engines in a virtual
 * machine (Docker Desktop) lead to 127.0.0.1 by themselves.
 */
export async function openGateway(world: World, { address, port, known }: Opening): Promise<number | undefined> {
  const gateway = world.machine?.engine?.facts.gateway;
  if (gateway === undefined) return undefined;
  const server = createServer((inner) => {
    const outer = connect(port, address);
    const close = () => inner.destroy();
    inner.on('error', () => outer.destroy());
    outer.on('error', close);
    inner.on('close', () => world.closing.removeEventListener('abort', close));
    world.closing.addEventListener('abort', close);
    inner.pipe(outer).pipe(inner);
  });
  const listen = (wanted: number) =>
    new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(wanted, gateway, () => resolve(true));
    });
  // An address that is not this machine's refuses both.
  if (!(await listen(known ?? port)) && !(await listen(0))) return undefined;
  server.unref();
  world.closing.addEventListener('abort', () => server.close());
  return (server.address() as { port: number }).port;
}
