import type { FailureId } from '../cause.ts';
import type { Patient } from './patient.ts';

/** What a program's own words give away. */
export interface LogPattern {
  id: FailureId;
  pattern: RegExp;
  /** One sentence; `match` is what the pattern found. */
  what: (match: RegExpExecArray) => string;
  remedy: (patient: Patient) => string;
  recurs: 'always' | 'maybe';
}

const connect = ({ database = '<database>', flags }: Patient) => `platform db test ${database} ${flags}`;

/** Databases come before what is said of any program; the first that fits the newest line counts. */
export const LOG_PATTERNS: readonly LogPattern[] = [
  {
    id: 'F-36',
    pattern: /exec format error/i,
    what: () => 'its program is for another processor, or a script without #! in its first line',
    remedy: ({ name, flags }) =>
      `platform image push ${name} --rebuild ${flags} builds it for the right one; a script needs #!/bin/sh and lines that end with LF`,
    recurs: 'always',
  },
  {
    id: 'F-79',
    pattern: /no pg_hba\.conf entry for host .*?(?:no encryption|SSL off)/i,
    what: () => 'the database takes no connection without TLS',
    remedy: ({ name, again }) => `add ?sslmode=require to the database URL of ${name}, then ${again}`,
    recurs: 'always',
  },
  {
    id: 'F-80',
    pattern: /self[- ]signed certificate in certificate chain|SELF_SIGNED_CERT_IN_CHAIN/i,
    what: () => "its database driver does not know the authority of RDS's certificate",
    remedy: () =>
      "put https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem into the image and name it in NODE_EXTRA_CA_CERTS, or in the driver's ca",
    recurs: 'always',
  },
  {
    id: 'F-83',
    pattern: /RDS proxy has no credentials for the role (\S+)/i,
    what: ([, role]) => `the RDS proxy has no credentials of ${role}`,
    remedy: (patient) =>
      `platform deploy ${patient.flags} registers the secrets of its users with the proxy; ${connect(patient)} tries them`,
    recurs: 'maybe',
  },
  {
    id: 'F-81',
    pattern: /password authentication failed for user "?([^"\s]+)|\b28P01\b/i,
    what: ([, user]) => `the database does not take the password${user ? ` of ${user}` : ''}`,
    remedy: (patient) =>
      `${connect(patient)} tells whether the secret is right; tasks older than a rotation need ${patient.again}; in a URL the password is percent-encoded`,
    recurs: 'maybe',
  },
  {
    id: 'F-82',
    pattern: /remaining connection slots are reserved|sorry, too many clients already|too many connections for/i,
    what: () => 'the database has no connection left to give',
    remedy: () => 'lower the pool of each task, give the database more acu.min, or put proxy: true before it',
    recurs: 'maybe',
  },
  {
    id: 'F-89',
    pattern: /database "([^"]+)" does not exist/i,
    what: ([, database]) => `there is no database ${database}`,
    remedy: ({ flags }) => `platform db create ${flags} makes it; or correct the name in its URL`,
    recurs: 'always',
  },
  {
    id: 'F-89',
    pattern: /permission denied for schema (\w+)/i,
    what: ([, schema]) => `its database user may not create anything in schema ${schema} (PostgreSQL 15 and later)`,
    remedy: ({ flags }) =>
      `platform db create ${flags} gives a user its own database; or GRANT CREATE ON SCHEMA public to it`,
    recurs: 'always',
  },
  {
    id: 'F-78',
    pattern:
      /(?:connect )?ETIMEDOUT (\S+:\d+)|timeout expired|Timeout connecting to database|could not connect to server: Connection timed out|connection to server at .* failed: (?:Connection timed out|timeout expired)|Can't reach database server at/i,
    what: ([, address]) => `it gets no answer from ${address ?? 'its database'}`,
    remedy: (patient) => `${connect(patient)} walks the way to the database: its state, groups and subnets`,
    recurs: 'maybe',
  },
  {
    id: 'F-103',
    pattern:
      /Query engine library for current platform|Could not load the "sharp" module|PrismaClientInitializationError.*engine|(?:invalid ELF header|wrong ELF class)|ENOENT.*\.wasm/i,
    what: () => 'a native file of its packages is missing, or for another platform',
    remedy: ({ name, flags }) =>
      `install the packages inside the Dockerfile (npm ci, with binaryTargets or --os=linux --cpu), not on your machine; then platform image push ${name} --rebuild ${flags}`,
    recurs: 'always',
  },
  {
    id: 'F-103',
    pattern: /Cannot find (?:module|package) ['"]([^'"]+)['"]|ModuleNotFoundError: No module named ['"]([^'"]+)['"]/,
    what: ([, node, python]) => `its image lacks the module ${node ?? python}`,
    remedy: ({ name, flags }) =>
      `add it to the dependencies that the Dockerfile installs (not only to those for development), then platform image push ${name} --rebuild ${flags}`,
    recurs: 'always',
  },
  {
    id: 'F-50',
    pattern: /KeyError: ['"]([A-Z][A-Z0-9_]{2,})['"]/,
    what: ([, variable]) => `it needs the variable ${variable}, which it is not given`,
    remedy: ({ name, flags, logs }) =>
      `set services.${name}.env or .secrets, then platform deploy ${flags}; ${logs} shows more`,
    recurs: 'always',
  },
  {
    id: 'F-50',
    pattern:
      /(?:missing|required|undefined|not set|not defined|must be set)[^\n]{0,40}?\b((?=[A-Z0-9_]*_)[A-Z][A-Z0-9_]{2,})\b|(?:environment variable:?|variable|env(?:ironment)? ?var) ["'`]?((?=[A-Z0-9_]*_)[A-Z][A-Z0-9_]{2,})["'`]?[^\n]{0,30}(?:missing|required|not set|not defined|not found|undefined|must be set)|\b((?=[A-Z0-9_]*_)[A-Z][A-Z0-9_]{2,})["'`]? (?:is (?:missing|required|not set|not defined|undefined)|must be set|environment variable (?:is )?(?:missing|required|not set))/,
    what: ([, one, two, three]) => `it needs the variable ${one ?? two ?? three}, which it is not given`,
    remedy: ({ name, flags, logs }) =>
      `set services.${name}.env or .secrets, then platform deploy ${flags}; ${logs} shows more`,
    recurs: 'always',
  },
  {
    id: 'F-50',
    pattern: /(?:connect )?ECONNREFUSED ?(\S*)|[Cc]onnection refused/,
    what: ([, address]) => `what it connects to refuses it${address ? ` (${address})` : ''}`,
    remedy: ({ flags, logs }) =>
      `check the host and port that it is given: platform config show ${flags}; ${logs} shows more`,
    recurs: 'maybe',
  },
  {
    id: 'F-50',
    pattern: /EACCES: permission denied|PermissionError: \[Errno 13\]|[Pp]ermission denied[: ]/,
    what: () => 'it may not read, write or execute a file that it needs',
    remedy: ({ name, flags }) =>
      `give the files to the user of the image (COPY --chown, chmod +x) in its Dockerfile, then platform image push ${name} --rebuild ${flags}`,
    recurs: 'always',
  },
];

/** The last thing that a log says of a known cause, with its line; searched from its end. */
export function patternIn(
  lines: readonly string[],
): { pattern: LogPattern; match: RegExpExecArray; line: string } | undefined {
  for (const pattern of LOG_PATTERNS)
    for (let index = lines.length - 1; index >= 0; index -= 1) {
      const match = pattern.pattern.exec(lines[index]!);
      if (match) return { pattern, match, line: lines[index]! };
    }
  return undefined;
}
