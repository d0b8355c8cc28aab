import type { Session } from '../../context.ts';
import type { Unseen } from '../../diagnosis/cause.ts';
import { look } from '../../diagnosis/look.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Problem } from '../../errors/problem.ts';
import { environmentSecrets, type KnownSecret } from '../../release/environment-secrets.ts';
import { type LiveSecret, readSecret } from './look-at-secrets.ts';
import { absentProblem, judgeSecret } from './secret-problems.ts';
import { shapeProblems } from './secret-shapes.ts';

export interface SickSecrets {
  /** How many were looked at. */
  looked: number;
  problems: (Problem & { secret: KnownSecret })[];
  unseen: (Unseen & { secret: KnownSecret })[];
}

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'signal'>;

/**
 * Whether every secret that the configuration speaks of is there, with the keys that components are given, and with
 * values in the form in which a push stores them. Names of keys are told, never a value. `of`: only what this service
 * or function is given.
 */
export async function sickSecrets(
  session: Powers,
  { deployed, of }: { deployed: boolean; of?: string | undefined },
): Promise<SickSecrets> {
  const { aws, environment } = session;
  const known = environmentSecrets(environment)
    .filter(({ source }) => deployed || isAwaited(source, session))
    .filter((secret) => of === undefined || isGivenTo(secret, of));
  const found: SickSecrets = { looked: known.length, problems: [], unseen: [] };
  const looked = await Promise.all(
    known.map(({ secretName }) =>
      look(session, { what: `the keys of secret ${secretName}`, call: 'secretsmanager:GetSecretValue' }, () =>
        readSecret({ aws }, secretName),
      ),
    ),
  );
  for (const [index, secret] of known.entries()) {
    const one = looked[index]!;
    if (one.state === 'unseen') found.unseen.push({ ...one.unseen, secret });
    if (one.state !== 'found') continue;
    const problems = problemsOf(environment, secret, one.value).map((problem) => ({
      ...problem,
      // Before the first deployment nothing has failed yet: it is what is still to be done.
      ...(deployed || problem.rule === 'F-91' ? {} : { severity: 'warning' as const }),
      secret,
    }));
    found.problems.push(...problems);
  }
  return found;
}

const isGivenTo = ({ usedBy, usedWhole }: KnownSecret, component: string): boolean =>
  [...usedBy.values(), usedWhole].flat().some((user) => user.split('.')[1] === component);

/** What a stack makes is not missed before it has; and on the sandbox a deployment makes up what is missing. */
const isAwaited = (source: KnownSecret['source'], { environment }: Pick<Session, 'environment'>): boolean =>
  (source === 'env-file' || source === 'existing') && !environment.sandboxed;

function problemsOf(environment: Session['environment'], secret: KnownSecret, live: LiveSecret): Problem[] {
  const { secretName, source, usedBy } = secret;
  if (live.state === 'scheduled-for-deletion') return [absentProblem(environment, secretName, true)];
  if (live.state === 'absent') {
    const problem = absentProblem(environment, secretName, false);
    const own = source === 'generated' || (source === 'database' && !isShared(environment, secret));
    // It is its stack's, which does not know that it is gone.
    return [
      own ? { ...problem, remedy: `platform recover data ${environmentFlags(environment)} makes it again` } : problem,
    ];
  }
  return [...judgeSecret(environment, secretName, live, usedBy).problems, ...shapeProblems(environment, secret, live)];
}

const isShared = ({ blocks }: Session['environment'], { name }: KnownSecret): boolean =>
  blocks.databases[name.split('.')[1] ?? '']?.engine === 'shared';
