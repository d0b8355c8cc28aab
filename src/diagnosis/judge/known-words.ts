import type { FailureId } from '../../domain/failure-id.ts';
import { judgeText, type TextVerdict } from '../../domain/texts/judge-text.ts';
import type { Manner } from '../../domain/texts/text-rule.ts';
import type { Named, Patient } from './patient.ts';

/** What we say of a failure that a program's last words give away. Which words those are, `domain/texts` says. */
interface Saying {
  id: FailureId;
  as?: Manner;
  /** One sentence; `named` is what the words name. */
  what: (named: TextVerdict['named']) => string;
  remedy: (patient: Patient) => string;
  recurs: 'always' | 'maybe';
}

const connect = ({ database = '<database>', flags }: Patient) => `platform db test ${database} ${flags}`;

/** Databases come before what is said of any program; the first that fits the newest line counts. */
const SAYINGS: readonly Saying[] = [
  {
    id: 'F-36',
    what: () => 'its program is for another processor, or a script without #! in its first line',
    remedy: ({ name, flags }) =>
      `platform image push ${name} --rebuild ${flags} builds it for the right one; a script needs #!/bin/sh and lines that end with LF`,
    recurs: 'always',
  },
  {
    id: 'F-79',
    what: () => 'the database takes no connection without TLS',
    remedy: ({ name, again }) => `add ?sslmode=require to the database URL of ${name}, then ${again}`,
    recurs: 'always',
  },
  {
    id: 'F-80',
    what: () => "its database driver does not know the authority of RDS's certificate",
    remedy: () =>
      "put https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem into the image and name it in NODE_EXTRA_CA_CERTS, or in the driver's ca",
    recurs: 'always',
  },
  {
    id: 'F-83',
    what: ({ role }) => `the RDS proxy has no credentials of ${role}`,
    remedy: (patient) =>
      `platform deploy ${patient.flags} registers the secrets of its users with the proxy; ${connect(patient)} tries them`,
    recurs: 'maybe',
  },
  {
    id: 'F-81',
    what: ({ user }) => `the database does not take the password${user ? ` of ${user}` : ''}`,
    remedy: (patient) =>
      `${connect(patient)} tells whether the secret is right; tasks older than a rotation need ${patient.again}; in a URL the password is percent-encoded`,
    recurs: 'maybe',
  },
  {
    id: 'F-82',
    what: () => 'the database has no connection left to give',
    remedy: () => 'lower the pool of each task, give the database more acu.min, or put proxy: true before it',
    recurs: 'maybe',
  },
  {
    id: 'F-89',
    as: 'no-database',
    what: ({ database }) => `there is no database ${database}`,
    remedy: ({ flags }) => `platform db create ${flags} makes it; or correct the name in its URL`,
    recurs: 'always',
  },
  {
    id: 'F-89',
    as: 'no-schema-right',
    what: ({ schema }) => `its database user may not create anything in schema ${schema} (PostgreSQL 15 and later)`,
    remedy: ({ flags }) =>
      `platform db create ${flags} gives a user its own database; or GRANT CREATE ON SCHEMA public to it`,
    recurs: 'always',
  },
  {
    id: 'F-78',
    what: ({ address }) => `it gets no answer from ${address ?? 'its database'}`,
    remedy: (patient) => `${connect(patient)} walks the way to the database: its state, groups and subnets`,
    recurs: 'maybe',
  },
  {
    id: 'F-103',
    as: 'native-file',
    what: () => 'a native file of its packages is missing, or for another platform',
    remedy: ({ name, flags }) =>
      `install the packages inside the Dockerfile (npm ci, with binaryTargets or --os=linux --cpu), not on your machine; then platform image push ${name} --rebuild ${flags}`,
    recurs: 'always',
  },
  {
    id: 'F-103',
    as: 'no-module',
    what: ({ module, python }) => `its image lacks the module ${module ?? python}`,
    remedy: ({ name, flags }) =>
      `add it to the dependencies that the Dockerfile installs (not only to those for development), then platform image push ${name} --rebuild ${flags}`,
    recurs: 'always',
  },
  {
    id: 'F-50',
    as: 'no-variable',
    what: ({ variable }) => `it needs the variable ${variable}, which it is not given`,
    remedy: ({ name, flags, logs }) =>
      `set services.${name}.env or .secrets, then platform deploy ${flags}; ${logs} shows more`,
    recurs: 'always',
  },
  {
    id: 'F-50',
    as: 'refused',
    what: ({ address }) => `what it connects to refuses it${address ? ` (${address})` : ''}`,
    remedy: ({ flags, logs }) =>
      `check the host and port that it is given: platform config show ${flags}; ${logs} shows more`,
    recurs: 'maybe',
  },
  {
    id: 'F-50',
    as: 'file-forbidden',
    what: () => 'it may not read, write or execute a file that it needs',
    remedy: ({ name, flags }) =>
      `give the files to the user of the image (COPY --chown, chmod +x) in its Dockerfile, then platform image push ${name} --rebuild ${flags}`,
    recurs: 'always',
  },
];

/** The last thing that a log says of a known cause, with its line; searched from its end. */
export function knownWords(patient: Patient, lines: readonly string[]): { named: Named; line: string } | undefined {
  const newestFirst = lines.toReversed().map((line) => ({ line, verdicts: judgeText(line, 'last-line') }));
  for (const { id, as, what, remedy, recurs } of SAYINGS)
    for (const { line, verdicts } of newestFirst) {
      const said = verdicts.find((verdict) => verdict.id === id && verdict.as === as);
      if (said) return { named: { id, what: what(said.named), remedy: remedy(patient), recurs }, line };
    }
  return undefined;
}
