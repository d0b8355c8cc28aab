import { connect } from 'node:net';

/** The first of the ports that something on this machine listens on: its answers would be taken for a container's. */
export async function portInUse(ports: readonly number[]): Promise<number | undefined> {
  for (const port of ports) if (await isAnswered(port)) return port;
  return undefined;
}

const isAnswered = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
