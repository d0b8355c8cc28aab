import { existsSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { type DatabaseSpec, dataFolder } from './data-directory.ts';
import { connectTo, DatabaseServer, endOrphan } from './database-server.ts';
import type { PostgresPrograms } from './find-programs.ts';
import { serverAccount } from './run-program.ts';

/** Ports that are kept open for databases to come: an answer of RDS names its port at once. */
const SPARE = 4;
/** Real time without a connection after which a server is stopped; the next connection starts it again. */
const IDLE_MS = 5 * 60_000;

export interface Served {
  /** What the server is to hold now; undefined: nobody is to be let in. */
  look: () => Promise<DatabaseSpec | undefined>;
  /** Told why a server could not be started. */
  onError: (error: unknown) => void;
}

interface Database extends Served {
  server: DatabaseServer;
  listener: Server;
  connections: Set<Socket>;
  idle?: NodeJS.Timeout;
}

/** The database servers of one sandbox: each behind a port of its own, started by its first connection. */
export class Databases {
  readonly #programs: PostgresPrograms;
  readonly #account = serverAccount();
  readonly #folder: string;
  readonly #databases = new Map<string, Database>();
  #spare: Server[] = [];

  constructor(directory: string, programs: PostgresPrograms) {
    this.#programs = programs;
    this.#folder = dataFolder(directory, this.#account);
  }

  /** Opens ports in store. Everything else can then be answered at once. */
  async open(): Promise<void> {
    while (this.#spare.length < SPARE) this.#spare.push(await listening(0));
  }

  /** Gives a database a port, and answers with it; undefined when none is in store. */
  add(name: string, served: Served): number | undefined {
    const listener = this.#spare.shift();
    if (!listener) return undefined;
    void this.open().catch(served.onError);
    this.#serve(name, listener, served);
    return portOf(listener);
  }

  /** The database of before, behind the port that it had. */
  async addAgain(name: string, port: number, served: Served): Promise<void> {
    try {
      this.#serve(name, await listening(port), served);
    } catch (error) {
      served.onError(error);
    }
  }

  /** Has it begin anew with what RDS says now: connections are cut. */
  async change(name: string): Promise<void> {
    const database = this.#databases.get(name);
    for (const connection of database?.connections ?? []) connection.destroy();
    await database?.server.stop();
  }

  /** Nothing of it is left. */
  async remove(name: string): Promise<void> {
    const database = this.#databases.get(name);
    if (!database) return;
    this.#databases.delete(name);
    close(database);
    await database.server.remove();
  }

  /** Stops all; their data stays. */
  async rest(): Promise<void> {
    for (const listener of this.#spare.splice(0)) listener.close();
    const all = [...this.#databases.values()];
    this.#databases.clear();
    for (const database of all) close(database);
    await Promise.all(all.map(({ server }) => server.stop()));
  }

  /** Stops all and removes their data. */
  async clear(): Promise<void> {
    await this.rest();
    if (!existsSync(this.#folder)) return;
    for (const name of readdirSync(this.#folder)) await endOrphan(join(this.#folder, name));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #serve(name: string, listener: Server, served: Served): void {
    const server = new DatabaseServer(join(this.#folder, name), this.#programs, this.#account);
    const database: Database = { ...served, server, listener, connections: new Set() };
    this.#databases.set(name, database);
    listener.removeAllListeners('connection');
    listener.on('connection', (client) => void this.#connect(database, client));
  }

  async #connect(database: Database, client: Socket): Promise<void> {
    clearTimeout(database.idle);
    database.connections.add(client);
    client.on('error', () => client.destroy());
    client.on('close', () => {
      database.connections.delete(client);
      if (database.connections.size > 0) return;
      database.idle = setTimeout(() => void database.server.stop(), IDLE_MS);
      database.idle.unref();
    });
    client.pause();
    try {
      const spec = await database.look();
      if (!spec) return void client.destroy();
      const inner = connectTo(await database.server.port(spec));
      inner.on('error', () => client.destroy());
      client.on('close', () => inner.destroy());
      client.pipe(inner).pipe(client);
    } catch (error) {
      database.onError(error);
      client.destroy();
    }
  }
}

function close({ listener, connections, idle }: Database): void {
  clearTimeout(idle);
  listener.close();
  for (const connection of connections) connection.destroy();
}

const portOf = (server: Server): number => (server.address() as { port: number }).port;

function listening(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    // Until it is given to a database, nobody is let in.
    const server = createServer((client) => client.destroy());
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
