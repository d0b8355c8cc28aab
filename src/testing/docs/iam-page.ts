import { API_LOG_ROLE, LOG_POLICY } from '../../../infra/account-log-role.ts';
import { actionsByCommand, opensSession } from './gateway-actions.ts';

/**
 * What comes with an action although no gateway calls it: without ListBucket, S3 answers 403 where 404 is the truth; and
 * a push by a container engine asks which layers are there:
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
const ALONG_WITH: Record<string, readonly string[]> = {
  // Migrations and one-off tasks run with roles of their own (F-131).
  'ecs:RunTask': ['iam:PassRole'],
  's3:GetObject': ['s3:ListBucket'],
  // What CloudFormation does with the caller's own rights, for the role that API Gateway is then given (F-122).
  'apigateway:PATCH': ['iam:CreateRole', 'iam:DeleteRole', 'iam:DetachRolePolicy', 'iam:PassRole', 'iam:TagRole'],
  'ecr:InitiateLayerUpload': ['ecr:BatchCheckLayerAvailability'],
};

/** toolkit-lib does these with the roles of the bootstrap, not with the caller's own rights. */
const THROUGH_ROLES = new Map([
  ['deploy', ['deploy', 'file-publishing', 'image-publishing', 'lookup']],
  ['diff', ['lookup']],
  ['image', ['deploy', 'file-publishing', 'lookup']],
]);

/** What the bootstrap template makes, with the caller's own rights: its resource types in toolkit-lib 1.40.1. */
const BOOTSTRAP = [
  'cloudformation:CreateChangeSet',
  'cloudformation:DeleteChangeSet',
  'cloudformation:DescribeChangeSet',
  'cloudformation:ExecuteChangeSet',
  'cloudformation:GetTemplate',
  'cloudformation:UpdateTerminationProtection',
  'ecr:CreateRepository',
  'ecr:DescribeRepositories',
  'ecr:PutImageTagMutability',
  'ecr:PutLifecyclePolicy',
  'ecr:SetRepositoryPolicy',
  'iam:AttachRolePolicy',
  'iam:CreateRole',
  'iam:GetRole',
  'iam:PassRole',
  'iam:PutRolePolicy',
  'iam:TagRole',
  's3:CreateBucket',
  's3:PutBucketPolicy',
  's3:PutBucketPublicAccessBlock',
  's3:PutBucketVersioning',
  's3:PutEncryptionConfiguration',
  's3:PutLifecycleConfiguration',
  'ssm:DeleteParameter',
  'ssm:PutParameter',
];

interface Who {
  /** What `doctor --policy` calls it. */
  id: string;
  title: string;
  commands: readonly string[];
  /** Only what changes nothing. */
  looks?: boolean;
  /**
   * Changes no stack: whoever may execute a change set acts with the role of CloudFormation, which may do everything. A
   * redeployment whose rollout moves requests between two target groups ends without its stack being told of that.
   */
  leavesStacks?: boolean;
  further?: readonly string[];
}

const POLICIES: readonly Who[] = [
  { id: 'look', title: 'A person who looks', commands: ['status', 'outputs', 'events', 'diff', 'doctor'], looks: true },
  {
    id: 'deploy',
    title: 'A person or a pipeline that deploys',
    commands: ['status', 'outputs', 'events', 'diff', 'image', 'deploy', 'destroy'],
  },
  {
    id: 'operate',
    title: 'A person who operates what runs, and changes no stack',
    leavesStacks: true,
    commands: ['status', 'logs', 'redeploy', 'scale', 'pause', 'resume', 'run', 'exec', 'queue', 'lock', 'smoke'],
  },
  {
    id: 'bootstrap',
    title: 'Who bootstraps, once per account and region',
    commands: ['bootstrap'],
    further: BOOTSTRAP,
  },
];

/** Secrets are read for the names of their keys. */
const READS = /:(Describe|Get|GET|Head|List|BatchGet|Filter|Simulate)/;

/** The text of `docs/iam-policies.json`, which `platform doctor --policy` prints. */
export const iamPoliciesText = (): string => `${JSON.stringify(policiesFor(actionsByCommand()), undefined, 2)}\n`;

const policiesFor = (byCommand: ReadonlyMap<string, string[]>) =>
  POLICIES.map(({ id, title, commands, looks = false, leavesStacks = false, further = [] }) => {
    // What a command may also do, like doctor with --fix, is left out where nothing is to be changed.
    const actions = commands
      .flatMap((command) => byCommand.get(command) ?? [])
      .filter((action) => !looks || READS.test(action))
      .filter((action) => !leavesStacks || !action.startsWith('cloudformation:') || READS.test(action));
    const roles = [...new Set(commands.flatMap((command) => THROUGH_ROLES.get(command) ?? []))];
    const statements = statementsFor(withCompany(['sts:GetCallerIdentity', ...actions, ...further]), roles);
    return { id, title, commands, policy: { Version: '2012-10-17', Statement: statements } };
  });

/** The text of `docs/iam.md`. */
export function iamText(): string {
  const byCommand = actionsByCommand();
  const rows = [...byCommand].map(([command, actions]) => {
    const all = opensSession(command) ? withCompany(['sts:GetCallerIdentity', ...actions]) : [];
    const roles = (THROUGH_ROLES.get(command) ?? []).map((role) => `\`cdk-*-${role}-role\``);
    return `| \`${command}\` | ${all.map((action) => `\`${action}\``).join(' ') || 'none'} | ${roles.join(' ') || '–'} |`;
  });
  const policies = policiesFor(byCommand).map(({ title, commands, policy }) => {
    const text = JSON.stringify(policy, undefined, 2);
    return `## ${title}\n\nFor ${commands.map((command) => `\`${command}\``).join(', ')}.\n\n\`\`\`json\n${text}\n\`\`\`\n`;
  });
  return `# Permissions

What each command asks AWS for, generated by \`npm run docs\` from the action names in the gateways that the commands use.
The account fence (\`sts:GetCallerIdentity\`) comes before every other call. Stacks are deployed with the roles of the CDK
bootstrap: of those the caller needs \`sts:AssumeRole\` only, and CloudFormation acts with \`cdk-*-cfn-exec-role\`.

Put your account in place of \`<account>\` and the project's name in place of \`<project>\`. With a \`naming.stack\` of your own
the names of stacks and buckets differ accordingly; with images in repositories of other names, so does the ARN for ECR.

| command | own rights | roles it assumes |
| --- | --- | --- |
${rows.join('\n')}

${policies.join('\n')}`;
}

const withCompany = (actions: readonly string[]): string[] =>
  [...new Set(actions.flatMap((action) => [action, ...(ALONG_WITH[action] ?? [])]))].sort();

const PASSED: readonly string[] = ['arn:aws:iam::<account>:role/<project>-*'];

const LOG_ROLE = `arn:aws:iam::<account>:role/${API_LOG_ROLE}`;
/** Only that one policy, so that whoever may make the role gains nothing by it. */
const LOG_ROLE_RIGHTS: readonly Statement[] = [
  { Effect: 'Allow', Action: ['iam:CreateRole', 'iam:DeleteRole', 'iam:TagRole'], Resource: LOG_ROLE },
  {
    Effect: 'Allow',
    Action: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
    Resource: LOG_ROLE,
    Condition: { ArnEquals: { 'iam:PolicyARN': `arn:aws:${LOG_POLICY}` } },
  },
  {
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource: LOG_ROLE,
    Condition: { StringEquals: { 'iam:PassedToService': 'apigateway.amazonaws.com' } },
  },
];
/** Whoever needs them for this role needs them for no other. */
const OF_LOG_ROLE = new Set(LOG_ROLE_RIGHTS.flatMap(({ Action }) => Action).filter((one) => one !== 'iam:PassRole'));

interface Statement {
  Effect: 'Allow';
  Action: readonly string[];
  Resource: string | readonly string[];
  Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

function statementsFor(actions: readonly string[], roles: readonly string[]): Statement[] {
  const byResource = new Map<string, { actions: string[]; resources: readonly string[] }>();
  const logs = actions.includes('apigateway:PATCH');
  for (const action of actions.filter((one) => !logs || !OF_LOG_ROLE.has(one))) {
    // A bootstrap passes roles of its own, to CloudFormation.
    const resources = action === 'iam:PassRole' && actions.includes('ecs:RunTask') ? PASSED : resourcesOf(action);
    // Apart from others of the same resource, because of its condition.
    const key = resources === PASSED ? 'passed' : resources.join(' ');
    const before = byResource.get(key);
    byResource.set(key, { actions: [...(before?.actions ?? []), action], resources });
  }
  const own = [...byResource.values()].map(
    ({ actions: allowed, resources }): Statement => ({
      Effect: 'Allow',
      Action: allowed,
      Resource: resources.length === 1 ? resources[0]! : resources,
      // To tasks, and to nothing else that would act with them.
      ...(resources === PASSED
        ? { Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } } }
        : {}),
    }),
  );
  if (logs) own.push(...LOG_ROLE_RIGHTS);
  if (roles.length === 0) return own;
  const assumed = roles.map((role) => `arn:aws:iam::<account>:role/cdk-*-${role}-role-<account>-*`);
  return [...own, { Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: assumed }];
}

/** As narrow as the names of things allow; what AWS cannot narrow by resource stands for all. */
function resourcesOf(action: string): readonly string[] {
  const service = action.split(':')[0]!;
  // Stacks are listed as a whole when an environment has many.
  if (action === 'cloudformation:DescribeStacks') return ['*'];
  const linked = 'arn:aws:iam::<account>:role/aws-service-role/*';
  if (action === 'iam:CreateServiceLinkedRole') return [linked];
  if (action === 'iam:GetRole')
    return ['arn:aws:iam::<account>:role/cdk-*', 'arn:aws:iam::<account>:role/<project>-*', linked, LOG_ROLE];
  if (action === 'iam:GetOpenIDConnectProvider')
    return ['arn:aws:iam::<account>:oidc-provider/token.actions.githubusercontent.com'];
  if (action === 'iam:ListAccessKeys') return ['arn:aws:iam::<account>:user/${aws:username}'];
  // Only to see whether the roles of the bootstrap let the caller in.
  if (action === 'sts:AssumeRole') return ['arn:aws:iam::<account>:role/cdk-*'];
  if (action === 'iam:SimulatePrincipalPolicy') return ['arn:aws:iam::<account>:role/<project>-*'];
  switch (service) {
    case 'cloudformation':
      return [
        'arn:aws:cloudformation:*:<account>:stack/<project>-*',
        'arn:aws:cloudformation:*:<account>:stack/CDKToolkit*',
      ];
    case 's3':
      return [
        'arn:aws:s3:::platform-<project>-<account>-*',
        'arn:aws:s3:::<project>-*',
        'arn:aws:s3:::cdk-*-assets-<account>-*',
      ];
    case 'ssm':
      return ['arn:aws:ssm:*:<account>:parameter/cdk-bootstrap/*'];
    case 'secretsmanager':
      return ['arn:aws:secretsmanager:*:<account>:secret:<project>/*'];
    case 'iam':
      return ['arn:aws:iam::<account>:role/cdk-*', ...(action.startsWith('iam:List') ? [LOG_ROLE] : [])];
    default:
      return ['*'];
  }
}
