import type { Failure } from '../failure.ts';

/** Aurora, RDS, proxies, migrations. */
export const DATABASE_FAILURES: readonly Failure[] = [
  { id: 'F-75', stage: 'pre', handling: 'ASK', title: 'RDS no longer offers this engine version' },
  {
    id: 'F-76',
    stage: 'run',
    handling: 'AUTO',
    title: 'the database was paused and takes seconds to wake',
    noScenario: 'databases of the sandbox wake at once',
  },
  {
    id: 'F-77',
    stage: 'run',
    handling: 'TELL',
    title: 'something keeps the database awake',
    noScenario: 'prevented: what keeps it awake is not made for development',
  },
  { id: 'F-78', stage: 'run', handling: 'ASK', title: 'the database cannot be reached' },
  { id: 'F-79', stage: 'pre', handling: 'AUTO', title: 'the database wants TLS and the client does not use it' },
  {
    id: 'F-80',
    stage: 'run',
    handling: 'TELL',
    title: 'the client does not know the certificate authority of RDS',
  },
  { id: 'F-81', stage: 'run', handling: 'ASK', title: 'the database does not take the password' },
  { id: 'F-82', stage: 'run', handling: 'ASK', title: 'all connections of the database are in use' },
  { id: 'F-83', stage: 'pre', handling: 'ASK', title: 'the proxy has no credentials for this role' },
  {
    id: 'F-84',
    stage: 'run',
    handling: 'ASK',
    title: 'the proxy cannot reach its database',
    noScenario: 'proxies of the sandbox reach every database that is there',
  },
  { id: 'F-85', stage: 'del', handling: 'TYPED', title: 'the database is protected against deletion' },
  {
    id: 'F-86',
    stage: 'del',
    handling: 'ASK',
    title: 'a snapshot of this name exists, or there are too many',
    noScenario: 'snapshots of ours have the time in their names',
  },
  { id: 'F-87', stage: 'pre', handling: 'TELL', title: 'the database would be replaced' },
  { id: 'F-88', stage: 'dep', handling: 'AUTO', title: 'a migration did not end with 0, or nobody knows how it ended' },
  { id: 'F-89', stage: 'pre', handling: 'ASK', title: 'the database, its role or a right in it is not there' },
];
