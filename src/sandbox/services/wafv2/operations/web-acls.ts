import { randomUUID } from 'node:crypto';
import type {
  CheckCapacityCommandInput,
  CreateWebACLCommandInput,
  DeleteWebACLCommandInput,
  GetWebACLCommandInput,
  ListAvailableManagedRuleGroupsCommandInput,
  ListWebACLsCommandInput,
  Rule,
  UpdateWebACLCommandInput,
  WebACL,
} from '@aws-sdk/client-wafv2';
import type { Call } from '../../../kernel/scope.ts';
import { fromRow, toRow } from '../bytes.ts';
import { changedMeanwhile, duplicate, inUse, limitExceeded, nonexistent } from '../faults.ts';
import { checkRules, MANAGED_GROUPS } from '../rules.ts';
import { arnOf, checkScope } from '../scope.ts';
import { associations, loggings, type WebAclRow, webAcls } from '../state.ts';
import { checkSettings, protectedBy, requireValid } from '../web-acls.ts';

const WEB_ACLS = 100;

const summary = ({ name, id, arn, lockToken, settings }: WebAclRow) => ({
  Name: name,
  Id: id,
  ARN: arn,
  LockToken: lockToken,
  Description: (settings.Description as string | undefined) ?? '',
});

function settingsOf(input: CreateWebACLCommandInput | UpdateWebACLCommandInput): Record<string, unknown> {
  const {
    Name: _,
    Scope: __,
    Tags: ___,
    Id: ____,
    LockToken: _____,
    ...settings
  } = input as UpdateWebACLCommandInput & {
    Tags?: unknown;
  };
  return toRow(settings) as Record<string, unknown>;
}

const of = (scope: string | undefined, call: Call): WebAclRow[] =>
  webAcls
    .in(call)
    .values()
    .filter((row) => row.scope === scope);

function found(
  input: { Name?: string | undefined; Id?: string | undefined; Scope?: string | undefined; ARN?: string | undefined },
  call: Call,
): WebAclRow {
  if (input.ARN !== undefined) {
    const row = webAcls.in(call).get(input.ARN);
    if (!row) throw nonexistent();
    return row;
  }
  requireValid(
    ['name', input.Name, { required: true }],
    ['id', input.Id, { required: true }],
    ['scope', input.Scope, { required: true }],
  );
  checkScope(input.Scope, call);
  const row = of(input.Scope, call).find(({ id, name }) => id === input.Id && name === input.Name);
  if (!row) throw nonexistent();
  return row;
}

export function createWebACL(input: CreateWebACLCommandInput, call: Call) {
  requireValid(['scope', input.Scope, { required: true }]);
  checkScope(input.Scope, call);
  checkSettings(input);
  checkRules(input.Rules ?? [], call);
  if (of(input.Scope, call).some(({ name }) => name === input.Name)) throw duplicate();
  if (of(input.Scope, call).length >= WEB_ACLS) throw limitExceeded();
  const given = { name: input.Name!, id: randomUUID(), scope: input.Scope! };
  const arn = arnOf('webacl', given, call);
  const row = webAcls.in(call).put(arn, {
    ...given,
    arn,
    lockToken: randomUUID(),
    settings: settingsOf(input),
    tags: (input.Tags ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value })),
  });
  return { Summary: summary(row) };
}

export function getWebACL(input: GetWebACLCommandInput, call: Call) {
  const row = found(input, call);
  return { WebACL: webAclOf(row, call), LockToken: row.lockToken };
}

export function webAclOf(row: WebAclRow, call: Call): WebACL {
  const settings = fromRow(row.settings) as Omit<WebACL, 'Name' | 'Id' | 'ARN'>;
  return {
    ...settings,
    Name: row.name,
    Id: row.id,
    ARN: row.arn,
    Description: settings.Description ?? '',
    Rules: settings.Rules ?? [],
    Capacity: checkRules((settings.Rules ?? []) as Rule[], call),
    ManagedByFirewallManager: false,
    RetrofittedByFirewallManager: false,
    LabelNamespace: `awswaf:${call.account}:webacl:${row.name}:`,
  };
}

export function updateWebACL(input: UpdateWebACLCommandInput, call: Call) {
  const row = found(input, call);
  checkSettings(input);
  requireValid(['lockToken', input.LockToken, { required: true }]);
  if (input.LockToken !== row.lockToken) throw changedMeanwhile();
  checkRules(input.Rules ?? [], call);
  const { lockToken } = webAcls.in(call).update(row.arn, (draft) => {
    draft.settings = settingsOf(input);
    draft.lockToken = randomUUID();
  });
  return { NextLockToken: lockToken };
}

export function deleteWebACL(input: DeleteWebACLCommandInput, call: Call) {
  const row = found(input, call);
  requireValid(['lockToken', input.LockToken, { required: true }]);
  if (input.LockToken !== row.lockToken) throw changedMeanwhile();
  if (protectedBy(row, call).length > 0 || loggings.in(call).has(row.arn)) throw inUse();
  webAcls.in(call).delete(row.arn);
  for (const [key, { webAcl }] of associations.in(call).entries())
    if (webAcl === row.arn) associations.in(call).delete(key);
  return {};
}

export function listWebACLs({ Scope }: ListWebACLsCommandInput, call: Call) {
  requireValid(['scope', Scope, { required: true }]);
  checkScope(Scope, call);
  return { WebACLs: of(Scope, call).map(summary) };
}

export function checkCapacity({ Scope, Rules }: CheckCapacityCommandInput, call: Call) {
  requireValid(['scope', Scope, { required: true }], ['rules', Rules, { required: true }]);
  checkScope(Scope, call);
  return { Capacity: checkRules(Rules!, call) };
}

export function listAvailableManagedRuleGroups({ Scope }: ListAvailableManagedRuleGroupsCommandInput, call: Call) {
  requireValid(['scope', Scope, { required: true }]);
  checkScope(Scope, call);
  return {
    ManagedRuleGroups: Object.keys(MANAGED_GROUPS).map((Name) => ({
      VendorName: 'AWS',
      Name,
      VersioningSupported: false,
    })),
  };
}
