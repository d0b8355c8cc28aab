import type {
  CreateDBProxyCommandInput,
  DeleteDBProxyCommandInput,
  DescribeDBProxiesCommandInput,
  ModifyDBProxyCommandInput,
  UserAuthConfig,
} from '@aws-sdk/client-rds';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { subnets } from '../../ec2/state.ts';
import { DURATION } from '../durations.ts';
import { change } from '../lifecycle.ts';
import { listing } from '../listing.ts';
import { proxyOf } from '../lookups.ts';
import { arnOf, endpointOf, freshHexId, requireIdentifier } from '../naming.ts';
import { chosenSecurityGroups } from '../network.ts';
import { proxyAnswer } from '../proxy-answer.ts';
import { withDoor } from '../real-server.ts';
import { invalidValue } from '../refusals.ts';
import { type ProxyRow, proxies } from '../state.ts';
import { mergeTags } from '../tags.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html */
const PROXIES = 20;

export async function createDBProxy(input: CreateDBProxyCommandInput, call: Call) {
  const name = requireIdentifier('DBProxyName', input.DBProxyName);
  if (input.EngineFamily !== 'POSTGRESQL') throw invalidValue('Provided EngineFamily is not valid.');
  if (!input.RoleArn) throw invalidValue('The parameter RoleArn must be provided and must not be blank.');
  const found = (input.VpcSubnetIds ?? []).map((id) => ({ id, row: subnets.in(call).get(id) }));
  const first = found[0]?.row;
  const wrong = found.find(({ row }) => !row || row.VpcId !== first?.VpcId);
  if (!first || wrong)
    throw new AwsFault(
      'InvalidSubnet',
      `The requested subnet ${wrong?.id} is invalid, or multiple subnets were requested that are not all in a common VPC.`,
    );
  if (new Set(found.map(({ row }) => row!.AvailabilityZone)).size < 2)
    throw new AwsFault('InvalidSubnet', 'DB Proxy requires subnets in at least two Availability Zones.');
  const table = proxies.in(call);
  if (table.has(name))
    throw new AwsFault(
      'DBProxyAlreadyExistsFault',
      `Cannot create the DBProxy because a DBProxy with the identifier ${name} already exists.`,
    );
  if (table.size >= PROXIES)
    throw new AwsFault(
      'DBProxyQuotaExceededFault',
      'The request cannot be processed because it would exceed the maximum number of DBProxies.',
    );

  const now = call.world.clock.stamp();
  const made: ProxyRow = {
    name,
    arn: arnOf(call, 'db-proxy', freshHexId('prx-')),
    status: 'creating',
    engineFamily: input.EngineFamily,
    auth: authOf(input.Auth),
    roleArn: input.RoleArn,
    vpcId: first.VpcId,
    subnets: found.map(({ id }) => id),
    securityGroups: chosenSecurityGroups(call, input.VpcSecurityGroupIds, first.VpcId),
    requiresTls: input.RequireTLS ?? false,
    idleSeconds: input.IdleClientTimeout ?? 1800,
    debugLogging: input.DebugLogging ?? false,
    endpoint: endpointOf(call, name, 'proxy-'),
    created: now,
    updated: now,
    tags: mergeTags([], input.Tags),
    targets: {
      arn: arnOf(call, 'target-group', freshHexId('prx-tg-')),
      created: now,
      updated: now,
      clusters: [],
      instances: [],
      pool: {
        MaxConnectionsPercent: 100,
        MaxIdleConnectionsPercent: 50,
        ConnectionBorrowTimeout: 120,
        SessionPinningFilters: [],
      },
    },
  };
  table.put(name, await withDoor(call, made));
  change(call, 'proxy', name, { from: 'creating', to: 'available', afterMs: DURATION.createProxy });
  return { DBProxy: proxyAnswer(table.get(name)!) };
}

const authOf = (auth: readonly UserAuthConfig[] = []): ProxyRow['auth'] =>
  auth.map(({ SecretArn, AuthScheme, IAMAuth, Description, ClientPasswordAuthType }) => ({
    ...(SecretArn !== undefined && { secretArn: SecretArn }),
    ...(AuthScheme !== undefined && { scheme: AuthScheme }),
    ...(IAMAuth !== undefined && { iam: IAMAuth }),
    ...(Description !== undefined && { description: Description }),
    ...(ClientPasswordAuthType !== undefined && { clientPassword: ClientPasswordAuthType }),
  }));

export function describeDBProxies(input: DescribeDBProxiesCommandInput, call: Call) {
  const rows = input.DBProxyName === undefined ? proxies.in(call).values() : [proxyOf(call, input.DBProxyName)];
  const { items, end } = listing(rows, input);
  return { DBProxies: items.map(proxyAnswer), ...end };
}

export function modifyDBProxy(input: ModifyDBProxyCommandInput, call: Call) {
  const before = proxyOf(call, input.DBProxyName);
  const groups = input.SecurityGroups && chosenSecurityGroups(call, input.SecurityGroups, before.vpcId);
  const row = proxies.in(call).update(before.name, (draft) => {
    if (input.Auth) draft.auth = authOf(input.Auth);
    if (groups) draft.securityGroups = groups;
    draft.requiresTls = input.RequireTLS ?? draft.requiresTls;
    draft.idleSeconds = input.IdleClientTimeout ?? draft.idleSeconds;
    draft.debugLogging = input.DebugLogging ?? draft.debugLogging;
    draft.roleArn = input.RoleArn ?? draft.roleArn;
    draft.updated = call.world.clock.stamp();
  });
  return { DBProxy: proxyAnswer(row) };
}

export function deleteDBProxy({ DBProxyName }: DeleteDBProxyCommandInput, call: Call) {
  const { name } = proxyOf(call, DBProxyName);
  change(call, 'proxy', name, { from: 'deleting', afterMs: DURATION.deleteProxy });
  return { DBProxy: proxyAnswer(proxies.in(call).get(name)!) };
}
