import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { World } from '../kernel/world.ts';

/**
 * Lets containers on a bridge reach a port of this machine's loopback: the same port on the bridge's own address, which
 * no other machine has a way to. Engines in a virtual machine (Docker Desktop) lead there by themselves.
 */
export async function openGateway(world: World, port: number): Promise<void> {
  const gateway = world.machine?.engine?.facts.gateway;
  if (gateway === undefined || !isOwn(gateway)) return;
  const server = createServer((inner) => {
    const outer = connect(port, '127.0.0.1');
    inner.on('error', () => outer.destroy());
    outer.on('error', () => inner.destroy());
    inner.pipe(outer).pipe(inner);
    world.closing.addEventListener('abort', () => inner.destroy());
  });
  await new Promise<void>((resolve) => {
    // Without it a container cannot reach the sandbox, but it runs all the same.
    server.once('error', () => resolve());
    server.listen(port, gateway, resolve);
  });
  server.unref();
  world.closing.addEventListener('abort', () => server.close());
}

const isOwn = (address: string): boolean =>
  Object.values(networkInterfaces()).some((all) => all?.some((each) => each.address === address));
