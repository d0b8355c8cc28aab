import type { ContainerDefinition, Service, Task } from '@aws-sdk/client-ecs';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { hidesTokens, PLUGIN_PAGE } from '../../process/session-plugin.ts';

/** One thing that has to hold before a shell can be opened in a task; part of the contract of `exec --json`. */
export interface ExecLink {
  id: 'plugin' | 'enabled' | 'agent' | 'role' | 'root' | 'keys' | 'route';
  /** The healthy fact. */
  title: string;
  /** `unknown`: we were not allowed to look. */
  status: 'ok' | 'broken' | 'unknown';
  detail: string;
  remedy?: string;
}

export interface ChainInput {
  /** As platform.yaml calls it. */
  name: string;
  /** `services.<name>.exec`. */
  configured: boolean;
  service: Service;
  task: Task;
  /** Version of the local plugin. */
  plugin: string | undefined;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec-run.html */
const ACTIONS = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map(
  (action) => `ssmmessages:${action}`,
);
/** The agent in the container would sign with them instead of the task role. */
const KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE'];

/** Looks at every link, local ones first (F-59, S3-65). Only reads. */
export async function execChain(session: Pick<Session, 'aws'>, input: ChainInput): Promise<ExecLink[]> {
  const { aws } = session;
  const { name, task, plugin } = input;
  const definition = await aws.ecs.taskDefinition(task.taskDefinitionArn!);
  const container = definition?.containerDefinitions?.[0];
  const rights = await link('role', `the task role of ${name} may open the channels`, () =>
    roleLink(aws, definition?.taskRoleArn),
  );
  const route = await link('route', 'the task reaches ssmmessages', () => routeLink(aws, task, input.service));
  return [
    {
      id: 'plugin',
      title: 'session-manager-plugin is on PATH',
      ...pluginLink(plugin),
    },
    { id: 'enabled', title: 'the task was started with ECS Exec', ...enabledLink(input) },
    { id: 'agent', title: 'the agent in the container runs', ...agentLink(input, container) },
    rights,
    { id: 'root', title: 'the agent may write to the root file system', ...rootLink(container) },
    { id: 'keys', title: 'the container has no AWS keys of its own', ...keysLink(name, container) },
    route,
  ];
}

type Finding = Omit<ExecLink, 'id' | 'title'>;
const broken = (detail: string, remedy: string): Finding => ({ status: 'broken', detail, remedy });
const ok = (detail: string): Finding => ({ status: 'ok', detail });

/** Not to be allowed to look is no answer. */
async function link(id: ExecLink['id'], title: string, look: () => Promise<Finding>): Promise<ExecLink> {
  try {
    return { id, title, ...(await look()) };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return { id, title, status: 'unknown', detail: error.message };
  }
}

function pluginLink(version: string | undefined): Finding {
  if (version === undefined) return broken('it is not', `install it: ${PLUGIN_PAGE}`);
  if (hidesTokens(version)) return ok(version);
  return broken(
    `${version}, which takes the token of a session on its command line, where others see it`,
    `install a version after 1.2.497.0: ${PLUGIN_PAGE}`,
  );
}

function enabledLink({ name, configured, service, task }: ChainInput): Finding {
  if (task.enableExecuteCommand) return ok('tasks[0].enableExecuteCommand = true');
  const detail = `tasks[0].enableExecuteCommand = ${task.enableExecuteCommand ?? false}`;
  if (!configured) return broken(detail, `set services.${name}.exec: true, then platform deploy`);
  if (!service.enableExecuteCommand)
    return broken(`${detail}, and the service's too`, 'platform deploy switches it on');
  return broken(
    `${detail}: it is older than the switch of its service`,
    `platform redeploy ${name} gives it fresh tasks`,
  );
}

function agentLink({ task }: ChainInput, container: ContainerDefinition | undefined): Finding {
  const agent = task.containers
    ?.find(({ name }) => name === container?.name)
    ?.managedAgents?.find(({ name }) => name === 'ExecuteCommandAgent');
  if (!agent) return broken('managedAgents has no ExecuteCommandAgent', 'the links above say why it was not started');
  const detail = `managedAgents: ExecuteCommandAgent = ${agent.lastStatus}${agent.reason ? `, ${agent.reason}` : ''}`;
  return agent.lastStatus === 'RUNNING'
    ? ok(detail)
    : broken(
        detail,
        agent.lastStatus === 'PENDING' ? 'wait a moment and run this again' : 'platform redeploy starts it anew',
      );
}

async function roleLink({ iam }: Session['aws'], role: string | undefined): Promise<Finding> {
  if (role === undefined)
    return broken('taskDefinition.taskRoleArn is absent', 'platform deploy gives the task a role');
  const refused = await iam.refusedActions(role, ACTIONS);
  return refused.length === 0
    ? ok(`${role} allows ${ACTIONS.length} actions of ssmmessages`)
    : broken(
        `${role} does not allow ${refused.join(', ')}`,
        'set exec: true of the service, then platform deploy: it grants them',
      );
}

const rootLink = (container: ContainerDefinition | undefined): Finding =>
  container?.readonlyRootFilesystem
    ? broken(
        'containerDefinitions[0].readonlyRootFilesystem = true',
        'the agent needs a root file system that it may write to',
      )
    : ok('containerDefinitions[0].readonlyRootFilesystem = false');

function keysLink(name: string, { environment = [], secrets = [] }: ContainerDefinition = {}): Finding {
  const found = [...environment, ...secrets].flatMap((one) => (KEYS.includes(one.name ?? '') ? [one.name!] : []));
  return found.length === 0
    ? ok(`none of ${KEYS.join(', ')}`)
    : broken(
        `containerDefinitions[0] sets ${found.join(', ')}, which the agent would sign with`,
        `take them out of services.${name}: the task role is what tasks sign with`,
      );
}

async function routeLink({ ec2 }: Session['aws'], { attachments = [] }: Task, service: Service): Promise<Finding> {
  const subnet = attachments.flatMap(({ details = [] }) => details).find(({ name }) => name === 'subnetId')?.value;
  const found = subnet === undefined ? undefined : await ec2.routesOf(subnet);
  if (!found) return { status: 'unknown', detail: 'the subnet of the task is not there any more' };
  const out = found.routes.find(
    ({ DestinationCidrBlock, State }) => DestinationCidrBlock === '0.0.0.0/0' && State === 'active',
  );
  const isPublic = service.networkConfiguration?.awsvpcConfiguration?.assignPublicIp === 'ENABLED';
  if (out && (isPublic || !out.GatewayId?.startsWith('igw-'))) {
    const target = out.NatGatewayId ?? out.GatewayId ?? out.NetworkInterfaceId ?? out.TransitGatewayId ?? 'a gateway';
    return ok(`${subnet} leads 0.0.0.0/0 to ${target}`);
  }
  if (await ec2.hasEndpoint(found.vpc, 'ssmmessages')) return ok(`${found.vpc} has an endpoint of ssmmessages`);
  return broken(
    `${subnet} has no way to the internet, and ${found.vpc} no endpoint of ssmmessages`,
    'add ssmmessages to network.endpoints, then platform deploy',
  );
}
