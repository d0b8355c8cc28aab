interface Migrating {
  /** Of `migrations`, in YAML's flow style. */
  migrations?: string;
  cpu?: number;
}

/** A worker that uses a database and migrates it. */
export const migratingYaml = ({ migrations = 'up: [migrate]', cpu = 256 }: Migrating = {}): string => `project: demo
network: { nat: none }
databases: { main: { databaseName: app, acu: { min: 0, max: 2 } } }
services: { worker: { image: { context: . }, command: [serve], uses: [db.main], cpu: ${cpu}, memory: 1024 } }
migrations: { run: service.worker, ${migrations} }
environments:
  dev: { kind: dev, account: "111111111111" }
`;

/** A database with migrations in an image of their own, and no service. */
export const migrationsAloneYaml = ({ migrations = 'up: [migrate]' }: Pick<Migrating, 'migrations'> = {}): string =>
  `project: demo
network: { nat: none }
databases: { main: { databaseName: app, acu: { min: 0, max: 2 } } }
migrations: { image: { context: . }, uses: [db.main], ${migrations} }
environments:
  dev: { kind: dev, account: "111111111111" }
  prod: { kind: prod, account: "111111111111" }
`;
