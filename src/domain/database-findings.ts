import type { DatabaseAnswer } from './database-answers.ts';

export interface DatabaseFinding {
  id: string;
  status: 'ok' | 'failed' | 'unknown';
  detail: string;
  /** Of the failure modes: `F-81`. */
  failure: string | null;
  remedy: string | null;
}

/** The results of a client in the VPC, apart from each other: what was not reached is not known. */
export const INSIDE = ['network', 'tls', 'login', 'version'] as const;

const STEPS: Record<(typeof INSIDE)[number], readonly string[]> = {
  network: ['dns', 'tcp'],
  tls: ['tls'],
  login: ['login'],
  version: ['version'],
};

/** `why`: what is said of steps that the client did not come to. */
export function insideFindings(answers: readonly DatabaseAnswer[], why: string): DatabaseFinding[] {
  return INSIDE.map((id) => {
    const met = answers.filter(({ step }) => STEPS[id].includes(step));
    const failed = met.find(({ ok }) => !ok);
    if (failed) return { id, status: 'failed', ...explained(failed) };
    if (met.length < STEPS[id].length) return { id, status: 'unknown', detail: why, failure: null, remedy: null };
    return { id, status: 'ok', detail: told(id, met), failure: null, remedy: null };
  });
}

function told(id: string, met: readonly DatabaseAnswer[]): string {
  const detail = Object.assign({}, ...met.map((one) => one.detail)) as Record<string, unknown>;
  if (id === 'network') return `answers at ${detail.address}`;
  if (id === 'tls') return `${detail.protocol}${detail.issuer ? `, certificate of ${detail.issuer}` : ''}`;
  if (id === 'login') return `${detail.user} in ${detail.database}`;
  return `PostgreSQL ${detail.version}`;
}

interface Known {
  matches: (code: string, message: string) => boolean;
  failure: string;
  remedy: string;
}

/**
 * By SQLSTATE, the codes of the operating system, or the text where there is no more:
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const KNOWN: readonly Known[] = [
  {
    matches: (_, message) => message.includes('no credentials for the role'),
    failure: 'F-83',
    remedy:
      'the proxy knows only the secrets of its own list: connect to the cluster endpoint, or add the secret to the proxy',
  },
  {
    matches: (code, message) => code === '28000' && message.includes('pg_hba.conf'),
    failure: 'F-79',
    remedy: 'the server wants TLS: add sslmode=require to the URL that the application uses',
  },
  {
    matches: (code) => code === '28P01' || code === '28000',
    failure: 'F-81',
    remedy:
      'the secret is not what the server knows: platform redeploy gives tasks the newest value; a rotated or retyped password has to be the same in both',
  },
  {
    matches: (code) => code === '3D000',
    failure: 'F-89',
    remedy: 'platform db create makes a database and its role',
  },
  {
    matches: (code, message) => code === '53300' || message.includes('remaining connection slots'),
    failure: 'F-82',
    remedy:
      'pools of all tasks together are larger than the server allows: lower them, raise acu.min, or set proxy: true',
  },
  {
    matches: (code, message) =>
      /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/.test(code) || /timed out|no answer in/.test(message),
    failure: 'F-78',
    remedy:
      'nothing lets the connection through: platform deploy sets the rules of the security groups again; a stopped cluster does not answer either',
  },
  {
    matches: (code, message) => code === 'ECONNREFUSED' || message.includes('refused'),
    failure: 'F-78',
    remedy: 'the address answers and nothing listens there: the port is another, or the database is being restarted',
  },
];

function explained({ step, detail }: DatabaseAnswer): Pick<DatabaseFinding, 'detail' | 'failure' | 'remedy'> {
  const code = String(detail.code ?? '');
  const message = String(detail.message ?? '');
  const known = KNOWN.find(({ matches }) => matches(code, message));
  return {
    detail: code === '' ? message : `${message} (${code})`,
    failure: known?.failure ?? null,
    remedy:
      known?.remedy ??
      (step === 'dns'
        ? 'the name is unknown in this VPC: its DNS is off, or the database is gone'
        : 'platform db status shows how the database stands'),
  };
}
