import { AwsFault } from '../../../kernel/fault.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { ask } from '../neighbours.ts';
import { logStreamOf } from '../runtime/log-lines.ts';
import type { TaskDefinitionRow, TaskRow } from '../state.ts';
import { denial } from './allowed.ts';
import { reaches } from './reachability.ts';
import { initialization, type Refusal, refusedCall } from './refusal.ts';

/** Makes the log streams of the containers, as the awslogs driver does before it starts them (F-48). */
export async function logsRefusal(
  scope: Scope,
  task: TaskRow,
  { definition }: TaskDefinitionRow,
): Promise<Refusal | undefined> {
  const failed = (why: string) =>
    initialization(
      `failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log ` +
        `stream: ${why} : exit status 1`,
    );
  for (const container of definition.containerDefinitions) {
    const stream = logStreamOf(task, container);
    if (!stream) continue;
    if (!reaches(scope, task, 'logs')) {
      return initialization(
        'failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task ' +
          'definition. There is a connection issue between the task and Amazon CloudWatch. Check your network ' +
          'configuration. : signal: killed',
      );
    }
    const roleArn = definition.executionRoleArn;
    const resource = `arn:aws:logs:${scope.region}:${scope.account}:log-group:${stream.logGroupName}:log-stream:${stream.logStreamName}`;
    const denied =
      roleArn && (await denial(scope, { roleArn, taskId: task.taskId, action: 'logs:CreateLogStream', resource }));
    if (denied) return failed(refusedCall('CloudWatch Logs', 'CreateLogStream', denied));
    try {
      if (container.logConfiguration?.options?.['awslogs-create-group'] === 'true')
        await createGroup(scope, stream.logGroupName);
      await ask(scope, 'logs', 'CreateLogStream', stream);
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      if (error.code !== 'ResourceAlreadyExistsException') return failed(`${error.code}: ${error.message}`);
    }
  }
  return undefined;
}

async function createGroup(scope: Scope, logGroupName: string): Promise<void> {
  try {
    await ask(scope, 'logs', 'CreateLogGroup', { logGroupName });
  } catch (error) {
    if (!(error instanceof AwsFault) || error.code !== 'ResourceAlreadyExistsException') throw error;
  }
}
