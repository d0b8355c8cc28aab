import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { Authority } from './authority.ts';
import { type DatabaseSpec, dataFolder } from './data-directory.ts';
import { connectTo, DatabaseServer, endOrphan } from './database-server.ts';
import type { PostgresPrograms } from './find-programs.ts';
import { serverAccount } from './run-program.ts';

/** Real time without a connection after which a server is stopped; the next connection starts it again. */
const IDLE_MS = 5 * 60_000;

/** Which server stands behind a door now, and what it is to hold. */
export interface Behind {
  server: string;
  spec: DatabaseSpec;
}

/** An address that clients connect to: of a cluster, an instance, or a proxy. */
export interface Door {
  port: number;
  /** Undefined: nobody is let in. */
  look: () => Promise<Behind | undefined>;
  /** Told why a server could not be started. */
  onError: (error: unknown) => void;
}

/** The database servers of one sandbox. Each is started by the first connection to it. */
export class Databases {
  readonly #programs: PostgresPrograms;
  readonly #account = serverAccount();
  readonly #folder: string;
  readonly #authority: Authority;
  readonly #doors = new Map<string, Server>();
  readonly #servers = new Map<string, { server: DatabaseServer; connections: Set<Socket>; idle?: NodeJS.Timeout }>();

  constructor(directory: string, programs: PostgresPrograms) {
    this.#programs = programs;
    this.#folder = dataFolder(directory, this.#account);
    this.#authority = new Authority(this.#folder);
  }

  /** The certificate that whoever verifies those of the servers has to believe. */
  authorityFile(): string {
    return this.#authority.file();
  }

  /**
   * Opens a door on the port that clients expect, and answers with its address: one of loopback's sixteen million for
   * each, since the port is the caller's choice; where there is but one (macOS), that. Undefined when it is taken.
   */
  async open(name: string, door: Door, known?: string): Promise<string | undefined> {
    for (const address of known ? [known] : [ownAddress(this.#folder, name), '127.0.0.1']) {
      const listener = await listening(address, door.port, (client) => void this.#enter(door, address, client));
      if (!listener) continue;
      this.#doors.set(name, listener);
      return address;
    }
    return undefined;
  }

  close(name: string): void {
    this.#doors.get(name)?.close();
    this.#doors.delete(name);
  }

  /** Has a server begin anew with what RDS says now: connections are cut. */
  async restart(name: string): Promise<void> {
    const running = this.#servers.get(name);
    for (const connection of running?.connections ?? []) connection.destroy();
    await running?.server.stop();
  }

  /** Nothing of a server is left. */
  async remove(name: string): Promise<void> {
    this.close(name);
    const running = this.#servers.get(name);
    this.#servers.delete(name);
    clearTimeout(running?.idle);
    for (const connection of running?.connections ?? []) connection.destroy();
    await (running?.server ?? this.#make(name)).remove();
  }

  /** Stops all; their data stays. */
  async rest(): Promise<void> {
    for (const name of [...this.#doors.keys()]) this.close(name);
    const all = [...this.#servers.values()];
    this.#servers.clear();
    for (const { connections, idle } of all) {
      clearTimeout(idle);
      for (const connection of connections) connection.destroy();
    }
    await Promise.all(all.map(({ server }) => server.stop()));
  }

  /** Stops all and removes their data. */
  async clear(): Promise<void> {
    await this.rest();
    if (!existsSync(this.#folder)) return;
    for (const name of readdirSync(this.#folder)) await endOrphan(join(this.#folder, name));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #enter({ look, onError }: Door, address: string, client: Socket): Promise<void> {
    client.pause();
    client.on('error', () => client.destroy());
    try {
      const behind = await look();
      if (!behind) return void client.destroy();
      const { server } = this.#occupy(behind.server, client);
      const inner = connectTo(await server.port(behind.spec, address));
      inner.on('error', () => client.destroy());
      client.on('close', () => inner.destroy());
      client.pipe(inner).pipe(client);
    } catch (error) {
      onError(error);
      client.destroy();
    }
  }

  #occupy(name: string, client: Socket) {
    const running = this.#servers.get(name) ?? { server: this.#make(name), connections: new Set<Socket>() };
    this.#servers.set(name, running);
    clearTimeout(running.idle);
    running.connections.add(client);
    client.on('close', () => {
      running.connections.delete(client);
      if (running.connections.size > 0) return;
      running.idle = setTimeout(() => void running.server.stop(), IDLE_MS);
      running.idle.unref();
    });
    return running;
  }

  readonly #make = (name: string) =>
    new DatabaseServer(join(this.#folder, name), {
      programs: this.#programs,
      account: this.#account,
      authority: this.#authority,
    });
}

/** In 127.64.0.0/10: far from the addresses that people use, and the same again for the same database. */
function ownAddress(folder: string, name: string): string {
  const [one, two, three] = createHash('sha256').update(`${folder}/${name}`).digest();
  return `127.${64 + (one! % 64)}.${two}.${1 + (three! % 254)}`;
}

/** Undefined when the address is not this machine's, or somebody has the port. */
function listening(address: string, port: number, enter: (client: Socket) => void): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer(enter);
    server.once('error', () => resolve(undefined));
    server.listen(port, address, () => resolve(server));
  });
}
