import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';

/** What is wrong with a job of a workflow, and how its file would read without it. */
export type WorkflowTrouble =
  /** It asks AWS for a role with a token that it may not have (F-129). */
  | { kind: 'no-token'; job: string; fixed?: string }
  /** A newer push ends it while it changes an environment (F-133). */
  | { kind: 'cancels'; job: string; fixed?: string };

/** An output that a workflow reads by its name (F-132). */
export interface ReadOutput {
  job: string;
  name: string;
  /** `--env`; absent: the one of commands without it. */
  environment?: string;
}

/** Ends with these in the middle of what it changes; files of a site are put right by the run after it. */
const CHANGES_AN_ENVIRONMENT =
  /\bplatform (?:deploy|destroy|migrate|redeploy|rollback|recover|bootstrap)\b|\bcdk (?:deploy|destroy)\b|\baws (?:cloudformation (?:deploy|update-stack|create-stack|execute-change-set)|ecs update-service)\b/;
const DEPLOYING_ACTIONS = /^aws-actions\/(?:amazon-ecs-deploy-task-definition|aws-cloudformation-github-deploy)@/;

/** Reads a workflow of GitHub Actions; nothing is found in what is no workflow. */
export function workflowTroubles(text: string): WorkflowTrouble[] {
  const workflow = read(text);
  if (!workflow) return [];
  return workflow.jobs.flatMap(({ name, map, plain }): WorkflowTrouble[] => {
    const found: WorkflowTrouble[] = [];
    if (wantsToken(plain) && !mayHaveToken(plain.permissions ?? workflow.plain.permissions)) {
      const fixed = withToken(text, workflow.root, map);
      found.push({ kind: 'no-token', job: name, ...(fixed === undefined ? {} : { fixed }) });
    }
    if (changes(plain)) {
      const place = [map, workflow.root].find((one) => one.has('concurrency'));
      const flag = place?.getIn(['concurrency', 'cancel-in-progress'], true);
      if (isScalar(flag) && flag.value === true && flag.range)
        found.push({ kind: 'cancels', job: name, fixed: replaced(text, flag.range, 'false') });
    }
    return found;
  });
}

/** Names that are read by `platform outputs <name>`. */
export function outputsRead(text: string): ReadOutput[] {
  return (read(text)?.jobs ?? []).flatMap(({ name: job, plain }) =>
    stepsOf(plain).flatMap(({ run }) =>
      [...run.matchAll(/\bplatform outputs ([^|&;>)\n]*)/g)].flatMap(([, words = '']) => {
        const name = /(?:^|\s)((?!-)[a-z]+\.[\w.-]+)/.exec(words)?.[1];
        const environment = /(?:--env|-e)[= ]([a-z][a-z0-9-]*)/.exec(words)?.[1];
        return name === undefined ? [] : [{ job, name, ...(environment === undefined ? {} : { environment }) }];
      }),
    ),
  );
}

interface Plain {
  permissions?: unknown;
  steps?: unknown;
}

interface Read {
  root: YAMLMap;
  plain: Plain;
  jobs: { name: string; map: YAMLMap; plain: Plain }[];
}

function read(text: string): Read | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root)) return undefined;
  const jobs = root.get('jobs');
  const plain = plainOf(() => document.toJS({ maxAliasCount: 20 }));
  if (!isMap(jobs) || plain === undefined) return undefined;
  return {
    root,
    plain,
    jobs: jobs.items.flatMap(({ key, value }: Pair) =>
      isMap(value) ? [{ name: String(key), map: value, plain: value.toJS(document, { maxAliasCount: 20 }) }] : [],
    ),
  };
}

/** Undefined for an alias without its anchor, and for too many of them. */
function plainOf(make: () => Plain): Plain | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

const stepsOf = ({ steps }: Plain): { uses: string; run: string; with: Record<string, unknown> }[] =>
  (Array.isArray(steps) ? steps : []).map((step) => ({
    uses: String(step?.uses ?? ''),
    run: String(step?.run ?? ''),
    with: step?.with ?? {},
  }));

/** With keys of a user it takes the role without a token. */
const wantsToken = (job: Plain): boolean =>
  stepsOf(job).some(
    ({ uses, with: given }) =>
      uses.startsWith('aws-actions/configure-aws-credentials@') &&
      given['role-to-assume'] !== undefined &&
      given['aws-access-key-id'] === undefined &&
      given['web-identity-token-file'] === undefined,
  );

/**
 * No default gives it: only who writes it has it. What is written for a job counts in place of what is written above it.
 * https://docs.github.com/en/actions/reference/security/oidc#required-permission
 */
function mayHaveToken(permissions: unknown): boolean {
  if (permissions === 'write-all') return true;
  return typeof permissions === 'object' && permissions !== null && Reflect.get(permissions, 'id-token') === 'write';
}

const changes = (job: Plain): boolean =>
  stepsOf(job).some(({ run, uses }) => CHANGES_AN_ENVIRONMENT.test(run) || DEPLOYING_ACTIONS.test(uses));

/** Only where it takes nothing away: a job without any `permissions` has the repository's, which nobody here knows. */
function withToken(text: string, root: YAMLMap, job: YAMLMap): string | undefined {
  const place = [job, root].find((one) => one.has('permissions'));
  const permissions = place?.get('permissions');
  if (!isMap(permissions) || !permissions.range) return undefined;
  const written = permissions.get('id-token', true);
  if (isScalar(written) && written.range) return replaced(text, written.range, 'write');
  if (permissions.flow) {
    const inside = permissions.items.length > 0 ? 'id-token: write, ' : ' id-token: write ';
    const at = permissions.range[0] + 1;
    return `${text.slice(0, at)}${permissions.items.length > 0 ? ' ' : ''}${inside}${text.slice(at).replace(/^\s+/, '')}`;
  }
  const at = permissions.range[0];
  const column = at - (text.lastIndexOf('\n', at - 1) + 1);
  return `${text.slice(0, at)}id-token: write\n${' '.repeat(column)}${text.slice(at)}`;
}

const replaced = (text: string, [from, to]: readonly number[], by: string): string =>
  `${text.slice(0, from)}${by}${text.slice(to)}`;
