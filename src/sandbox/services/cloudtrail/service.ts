import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { deleteTrail, startLogging, stopLogging } from './operations/change-trail.ts';
import { createTrail } from './operations/create-trail.ts';
import { describeTrails, getTrailStatus } from './operations/describe-trails.ts';

export const cloudTrail: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-cloudtrail'),
  client: 'CloudTrailClient',
  operations: {
    CreateTrail: createTrail,
    DeleteTrail: deleteTrail,
    DescribeTrails: describeTrails,
    GetTrailStatus: getTrailStatus,
    StartLogging: startLogging,
    StopLogging: stopLogging,
  },
};
