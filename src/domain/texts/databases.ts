import type { TextRule } from './text-rule.ts';

/** RDS, Aurora, its proxies, and what PostgreSQL says: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const DATABASE_TEXTS: readonly TextRule[] = [
  { id: 'F-76', when: /is resuming after being auto-paused|DatabaseResumingException/ },
  { id: 'F-85', when: /Cannot delete protected (?:Cluster|DB Instance)/i },
  { id: 'F-85', when: /Cannot delete protected instance|deletion protection/i, in: ['failed-resource'] },
  // Of RDS alone; whoever asks knows the type of the resource.
  {
    id: 'F-03',
    when: /Invalid(?:DBCluster|DBInstance)State|is not currently in the available state|storage[- ]optimization|currently being (?:created|modified|backed up|upgraded)/i,
    in: ['failed-resource'],
  },
  {
    id: 'F-75',
    when: /Cannot find version (?<version>[\d.]+) for (?<engine>[\w-]+)|InvalidParameterCombination[^\n]{0,80}engine version/i,
  },
  { id: 'F-86', when: /DBClusterSnapshotAlreadyExists|DBSnapshotAlreadyExists|SnapshotQuotaExceeded/ },
  { id: 'F-87', when: /DBClusterAlreadyExists|DBInstanceAlreadyExists|DB (?:Cluster|Instance) already exists/i },
  { id: 'F-83', when: /RDS proxy has no credentials for the role (?<role>\S+?)(?:[.\s]|$)/i },
  {
    id: 'F-84',
    when: /PENDING_PROXY_CAPACITY|AUTH_FAILURE|Credentials couldn't be retrieved|DBProxy Target unavailable due to an internal error|proxy target[^\n]{0,80}(?:unavailable|UNREACHABLE)/i,
  },
  { id: 'F-79', when: /no pg_hba\.conf entry for host/, unless: /SSL (?:on|encryption)$|SSL on/ },
  {
    id: 'F-80',
    when: /self[- ]signed certificate in certificate chain|unable to get local issuer certificate|SELF_SIGNED_CERT_IN_CHAIN|certificate verify failed[^\n]{0,120}self-signed/i,
    in: ['container-log', 'stopped-reason', 'cli'],
    unless: /registry\.npmjs|npm ERR|git|https?:\/\//i,
  },
  {
    id: 'F-81',
    when: /password authentication failed for user(?: "?(?<user>[^"\s]+))?|SASL authentication failed|\b28P01\b|Access denied for user '[^']+'@/i,
  },
  {
    id: 'F-82',
    when: /remaining connection slots are reserved|too many clients already|\b53300\b|Too many connections/i,
  },
  { id: 'F-89', when: /database "(?<database>[^"]+)" does not exist/i, as: 'no-database' },
  { id: 'F-89', when: /permission denied for schema (?<schema>public)/i, as: 'no-schema-right' },
  { id: 'F-89', when: /permission denied for schema (?<schema>\w+)/i, in: ['last-line'], as: 'no-schema-right' },
  { id: 'F-89', when: /permission denied for (?:database|table)|role "(?<role>[^"]+)" does not exist|\b3D000\b/i },
  {
    id: 'F-78',
    when: /(?:connect )?ETIMEDOUT (?<address>\S+:\d+)|timeout expired|connection to server at .* failed: Connection timed out/i,
    in: ['last-line'],
  },
  {
    id: 'F-78',
    when: /Timeout connecting to database|(?:connect )?ETIMEDOUT[^\n]{0,40}:?(?:5432|3306)|connection to server at [^\n]{1,160}(?:timed out|timeout expired)|Can't reach database server|could not connect to server: (?:Connection timed out|No route to host)|(?:rds\.amazonaws\.com|:5432)[^\n]{0,80}(?:timed out|timeout)/i,
  },
  {
    id: 'F-88',
    when: /\bP30(?:05|08|09|18)\b|prisma migrate (?:deploy|found failed)|Command failed: [^\n]*migrate|(?:migration|migrate)[^\n]{0,80}(?:failed|Failed to)|Validate failed: Migrations have failed|Could not acquire change log lock|lock timeout[^\n]{0,40}migrat/i,
    in: ['container-log', 'stopped-reason'],
  },
];
