import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { referenceOf } from '../names.ts';
import { addPermission, removePermission } from '../operations/permissions.ts';
import { functions, policies } from '../state.ts';

/** The statement's id is the resource's name. */
export const permission: ResourceProvider = {
  create(properties, { call, generateName }) {
    const StatementId = generateName({ maxLength: 100 });
    const { PrincipalOrgID, ...rest } = properties;
    addPermission({ ...rest, ...(PrincipalOrgID && { PrincipalOrgID }), StatementId } as never, call);
    return { status: 'done', physicalId: StatementId, attributes: { Id: StatementId } };
  },
  delete(properties, physicalId, { call }) {
    const { name } = referenceOf({ FunctionName: properties.FunctionName }, call);
    if (functions.in(call).has(name) && statementOf(properties, physicalId, call))
      removePermission({ FunctionName: properties.FunctionName, StatementId: physicalId }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, { call }) {
    return statementOf(properties, physicalId, call) && { ...properties, Id: physicalId };
  },
};

function statementOf({ FunctionName }: Properties, id: string, call: ResourceContext['call']) {
  const { name, qualifier } = referenceOf({ FunctionName }, call);
  const row = policies.in(call).get(qualifier === undefined ? name : `${name}:${qualifier}`);
  return row?.statements.find(({ Sid }) => Sid === id);
}
