/** Numbers that GitHub never gives twice. */
export interface GithubIds {
  owner: string;
  repository: string;
}

/**
 * The subjects under which a job of a repository asks for a token when it runs in a GitHub environment (F-127): by name,
 * as in repositories made before July 15 2026, and with the ids that GitHub appends to both names in those made or renamed
 * since (F-128). https://docs.github.com/en/actions/reference/security/oidc,
 * https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
 */
export function githubSubjects(repository: string, environment: string, ids?: GithubIds): string[] {
  const [owner = '', name = ''] = repository.split('/');
  return [
    `repo:${owner}/${name}:environment:${environment}`,
    ...(ids ? [`repo:${owner}@${ids.owner}/${name}@${ids.repository}:environment:${environment}`] : []),
  ];
}

export type SubjectTrouble =
  /** Nothing at all is trusted that a job of this repository could be. */
  | 'other-repository'
  /** Branches are trusted, but a job with `environment:` has another subject. */
  | 'branch-form'
  /** A `*` under StringEquals is a star, no pattern. */
  | 'star-as-text'
  /** GitHub's names are told apart by capitals. */
  | 'wrong-case'
  /** Only the form without ids is trusted. */
  | 'name-only'
  | 'no-audience';

interface TrustStatement {
  Effect?: string;
  Action?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

const ISSUER = 'token.actions.githubusercontent.com';
const list = (value: string | string[] | undefined): string[] => (value === undefined ? [] : [value].flat());

/** Why a role's trust does not let in the jobs that are to deploy; empty when it does, whatever form their subject has. */
export function troubleWithTrust(
  document: { Statement?: TrustStatement | TrustStatement[] },
  { repository, environment, ids }: { repository: string; environment: string; ids?: GithubIds },
): SubjectTrouble[] {
  const statements = [document.Statement ?? []]
    .flat()
    .filter(({ Effect, Action }) => Effect === 'Allow' && list(Action).includes('sts:AssumeRoleWithWebIdentity'));
  const [byName, byId] = githubSubjects(repository, environment, ids);
  const patterns = statements.flatMap((statement) => patternsOf(statement));
  const accepts = (subject: string) => patterns.some((pattern) => fits(pattern, subject));
  const hasAudience = statements.some((statement) =>
    valuesOf(statement, 'aud').some(({ value }) => value === 'sts.amazonaws.com'),
  );
  const trouble: SubjectTrouble[] = hasAudience ? [] : ['no-audience'];
  if (accepts(byName!) || (byId !== undefined && accepts(byId))) {
    if (byId !== undefined && !accepts(byId)) trouble.push('name-only');
    return trouble;
  }
  return [...trouble, whyNot(patterns, { repository, byName: byName! })];
}

interface Pattern {
  value: string;
  isPattern: boolean;
}

const patternsOf = (statement: TrustStatement): Pattern[] => valuesOf(statement, 'sub');

function valuesOf({ Condition = {} }: TrustStatement, claim: 'sub' | 'aud'): Pattern[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys)
      .filter(([key]) => key.toLowerCase() === `${ISSUER}:${claim}`)
      .flatMap(([, values]) => list(values).map((value) => ({ value, isPattern: /StringLike$/.test(operator) }))),
  );
}

function fits({ value, isPattern }: Pattern, subject: string): boolean {
  if (!isPattern) return value === subject;
  const source = value
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(subject);
}

function whyNot(
  patterns: readonly Pattern[],
  { repository, byName }: { repository: string; byName: string },
): SubjectTrouble {
  if (patterns.some(({ value, isPattern }) => !isPattern && fits({ value, isPattern: true }, byName)))
    return 'star-as-text';
  const ofRepository = patterns.filter(({ value }) => value.startsWith(`repo:${repository}:`));
  if (ofRepository.length > 0) return 'branch-form';
  if (patterns.some((pattern) => fits({ ...pattern, value: pattern.value.toLowerCase() }, byName.toLowerCase())))
    return 'wrong-case';
  return 'other-repository';
}
