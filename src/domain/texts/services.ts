import type { TextRule } from './text-rule.ts';

/**
 * ECS: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html and
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
export const SERVICE_TEXTS: readonly TextRule[] = [
  { id: 'F-49', when: /OutOfMemory(?:Error)?: Container killed|OOM-killed|OutOfMemoryError: Container/ },
  {
    id: 'F-48',
    when: /failed to validate logger args|The specified log group does not exist|log group .{1,200} does not exist/i,
    unless: /DescribeLogStreams|FilterLogEvents|GetLogEvents/,
  },
  { id: 'F-51', when: /failed container health checks/i },
  {
    id: 'F-55',
    when: /Capacity is unavailable at this time|RESOURCE:ENI|Timeout waiting for (?:network interface|EphemeralStorage) provisioning/,
  },
  { id: 'F-56', when: /limit on the number of vCPUs|vCPU limit|You.ve reached the limit on the number of tasks/i },
  {
    id: 'F-57',
    when: /Unable to assume the service linked role|verify that the ECS service linked role exists/i,
  },
  {
    id: 'F-58',
    when: /was unable to place a task[\s\S]{0,60}Reason: Internal error|Fargate is not (?:available|supported) in (?:this|the) Availability Zone|InvalidSubnet.*Fargate/i,
  },
  {
    id: 'F-59',
    when: /TargetNotConnectedException|execute command was not enabled when the task was run|SessionManagerPlugin is not found|execute command agent isn.t running|ExecuteCommandAgent .{0,40}(?:not running|STOPPED)/i,
  },
  { id: 'F-61', when: /TaskDefinition is inactive|task definition .{0,120} (?:is )?(?:INACTIVE|inactive)/ },
  {
    id: 'F-61',
    when: /TaskDefinition does not exist|TaskDefinition not found|Unable to describe task definition/i,
    in: ['failed-resource'],
  },
  {
    id: 'F-62',
    when: /unable to stop or start tasks during a deployment because of the service deployment configuration/i,
  },
  {
    id: 'F-54',
    when: /Invalid 'cpu' setting for task|No Fargate configuration exists for given values|Task CPU .{0,40}(?:combination|not valid)/i,
  },
  {
    id: 'F-52',
    when: /Deployment Circuit Breaker was triggered|deployment circuit breaker: |ServiceDeploymentRollback|deployment failed: tasks failed to start/i,
    or: ['F-53'],
  },
  {
    id: 'F-50',
    when: /Essential container in task exited|Exit code: ?(?:1|2|126|127|134|139|143)\b/,
    in: ['stopped-reason', 'service-event'],
    unless: /OutOfMemory/,
  },
];
