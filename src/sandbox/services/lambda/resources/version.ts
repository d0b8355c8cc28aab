import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { forgetVersion } from '../forget.ts';
import { publish } from '../operations/versions.ts';
import { functionArn, versions } from '../state.ts';

/** `arn:aws:lambda:<region>:<account>:function:<name>:<version>` */
const keyOf = (arn: string): string => arn.split(':').slice(6).join(':');

export const version: ResourceProvider = {
  create({ FunctionName, Description, CodeSha256 }, { call }) {
    const { row, isNew } = publish({ FunctionName, Description, CodeSha256 }, call);
    if (!isNew)
      return {
        status: 'failed',
        code: 'AlreadyExists',
        reason: `Resource handler returned message: "A version for this Lambda function exists ( ${row.version} ). Modify the function to create a new version." (HandlerErrorCode: AlreadyExists)`,
      };
    const physicalId = functionArn(call, row.function, row.version);
    return { status: 'done', physicalId, attributes: { Version: row.version, FunctionArn: physicalId } };
  },
  delete(_properties, physicalId, { call }) {
    const [name = '', number = ''] = keyOf(physicalId).split(':');
    if (versions.in(call).has(`${name}:${number}`)) forgetVersion(name, number, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, { FunctionName }, { call }) {
    const row = versions.in(call).get(keyOf(physicalId));
    return (
      row && { FunctionName, Description: row.settings.Description, Version: row.version, FunctionArn: physicalId }
    );
  },
};
