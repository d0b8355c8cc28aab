import { randomUUID } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import type {
  CreateIPSetCommandInput,
  DeleteIPSetCommandInput,
  GetIPSetCommandInput,
  ListIPSetsCommandInput,
  UpdateIPSetCommandInput,
} from '@aws-sdk/client-wafv2';
import type { Call } from '../../../kernel/scope.ts';
import { changedMeanwhile, duplicate, inUse, invalid, nonexistent } from '../faults.ts';
import { arnOf, checkScope } from '../scope.ts';
import { type IpSetRow, ipSets, webAcls } from '../state.ts';
import { NAME, requireValid } from '../web-acls.ts';

const summary = ({ name, id, arn, lockToken, description = '' }: IpSetRow) => ({
  Name: name,
  Id: id,
  ARN: arn,
  LockToken: lockToken,
  Description: description,
});

function checkAddresses(addresses: readonly string[], version: string | undefined): void {
  const isRange = (text: string) => {
    const [address = '', bits = ''] = text.split('/');
    return /^\d+$/.test(bits) && (version === 'IPV4' ? isIPv4(address) : isIPv6(address));
  };
  const wrong = addresses.find((address) => !isRange(address));
  if (wrong !== undefined)
    throw invalid('The address is not a CIDR range of the version of the set.', 'IP_ADDRESS', wrong);
}

function found(input: GetIPSetCommandInput, call: Call): IpSetRow {
  requireValid(
    ['name', input.Name, { required: true }],
    ['scope', input.Scope, { required: true }],
    ['id', input.Id, { required: true }],
  );
  checkScope(input.Scope, call);
  const row = ipSets
    .in(call)
    .values()
    .find(({ id, name, scope }) => id === input.Id && name === input.Name && scope === input.Scope);
  if (!row) throw nonexistent();
  return row;
}

export function createIPSet(input: CreateIPSetCommandInput, call: Call) {
  requireValid(
    ['name', input.Name, NAME],
    ['scope', input.Scope, { required: true }],
    ['iPAddressVersion', input.IPAddressVersion, { required: true, values: ['IPV4', 'IPV6'] }],
    ['addresses', input.Addresses, { required: true }],
  );
  checkScope(input.Scope, call);
  checkAddresses(input.Addresses!, input.IPAddressVersion);
  const rows = ipSets.in(call).values();
  if (rows.some(({ name, scope }) => name === input.Name && scope === input.Scope)) throw duplicate();
  const given = { name: input.Name!, id: randomUUID(), scope: input.Scope! };
  const arn = arnOf('ipset', given, call);
  const row = ipSets.in(call).put(arn, {
    ...given,
    arn,
    lockToken: randomUUID(),
    ...(input.Description !== undefined && { description: input.Description }),
    version: input.IPAddressVersion!,
    addresses: [...input.Addresses!],
    tags: (input.Tags ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value })),
  });
  return { Summary: summary(row) };
}

export function getIPSet(input: GetIPSetCommandInput, call: Call) {
  const row = found(input, call);
  return {
    IPSet: {
      Name: row.name,
      Id: row.id,
      ARN: row.arn,
      Description: row.description ?? '',
      IPAddressVersion: row.version,
      Addresses: [...row.addresses],
    },
    LockToken: row.lockToken,
  };
}

export function updateIPSet(input: UpdateIPSetCommandInput, call: Call) {
  const row = found(input, call);
  requireValid(['addresses', input.Addresses, { required: true }], ['lockToken', input.LockToken, { required: true }]);
  if (input.LockToken !== row.lockToken) throw changedMeanwhile();
  checkAddresses(input.Addresses!, row.version);
  const { lockToken } = ipSets.in(call).update(row.arn, (draft) => {
    draft.addresses = [...input.Addresses!];
    if (input.Description !== undefined) draft.description = input.Description;
    draft.lockToken = randomUUID();
  });
  return { NextLockToken: lockToken };
}

export function deleteIPSet(input: DeleteIPSetCommandInput, call: Call) {
  const row = found(input, call);
  requireValid(['lockToken', input.LockToken, { required: true }]);
  if (input.LockToken !== row.lockToken) throw changedMeanwhile();
  if (
    webAcls
      .in(call)
      .values()
      .some(({ settings }) => JSON.stringify(settings).includes(`"${row.arn}"`))
  )
    throw inUse();
  ipSets.in(call).delete(row.arn);
  return {};
}

export function listIPSets({ Scope }: ListIPSetsCommandInput, call: Call) {
  requireValid(['scope', Scope, { required: true }]);
  checkScope(Scope, call);
  return {
    IPSets: ipSets
      .in(call)
      .values()
      .filter(({ scope }) => scope === Scope)
      .map(summary),
  };
}
