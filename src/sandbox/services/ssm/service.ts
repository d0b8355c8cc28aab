import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { deleteParameter, deleteParameters } from './operations/delete-parameter.ts';
import { describeParameters } from './operations/describe-parameters.ts';
import { getParameter, getParameterHistory, getParameters, getParametersByPath } from './operations/get-parameter.ts';
import {
  addTagsToResource,
  labelParameterVersion,
  listTagsForResource,
  removeTagsFromResource,
} from './operations/parameter-tags.ts';
import { putParameter } from './operations/put-parameter.ts';
import { startSession, terminateSession } from './operations/sessions.ts';
import { parameter } from './resources/parameter.ts';

export const ssm: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-ssm'),
  client: 'SSMClient',
  operations: {
    AddTagsToResource: addTagsToResource,
    DeleteParameter: deleteParameter,
    DeleteParameters: deleteParameters,
    DescribeParameters: describeParameters,
    GetParameter: getParameter,
    GetParameterHistory: getParameterHistory,
    GetParameters: getParameters,
    GetParametersByPath: getParametersByPath,
    LabelParameterVersion: labelParameterVersion,
    ListTagsForResource: listTagsForResource,
    PutParameter: putParameter,
    RemoveTagsFromResource: removeTagsFromResource,
    StartSession: startSession,
    TerminateSession: terminateSession,
  },
  resources: { 'AWS::SSM::Parameter': parameter },
};
