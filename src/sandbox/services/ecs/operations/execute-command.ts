import { randomBytes } from 'node:crypto';
import type { ExecuteCommandCommandInput, ExecuteCommandCommandOutput } from '@aws-sdk/client-ecs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { invalid, taskNotFound } from '../faults.ts';
import { clusterOf } from '../lookups.ts';
import { clusterArn, lastPart } from '../names.ts';
import { denial } from '../start-checks/allowed.ts';
import { reaches, reachesInternet } from '../start-checks/reachability.ts';
import { taskDefinitions, tasks } from '../state.ts';

/** The four of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec-run.html */
const AGENT_ACTIONS = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'];

/** F-59. Only the control side: the session's address answers to no one, because nothing runs to talk to. */
export const executeCommand: Operation<
  ExecuteCommandCommandInput,
  Promise<Answer<ExecuteCommandCommandOutput>>
> = async (input, call) => {
  const { clusterName } = clusterOf(call, input.cluster);
  const row = tasks.in(call).get(`${clusterName}/${lastPart(input.task ?? '')}`);
  if (!row || row.task.lastStatus === 'STOPPED') throw taskNotFound();
  if (!input.command) throw invalid('Command cannot be blank.');
  if (!input.interactive) throw invalid('Interactive is the only mode supported currently.');
  const { containers } = row.task;
  const container = containers.find(({ name }) => name === (input.container ?? containers[0]?.name));
  if (!container) throw invalid(`The specified container ${input.container} does not exist in the task.`);
  const agent = container.managedAgents?.find(({ name }) => name === 'ExecuteCommandAgent');
  if (!row.task.enableExecuteCommand || agent?.lastStatus !== 'RUNNING') {
    throw invalid(
      'The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.',
    );
  }
  const roleArn = taskDefinitions.in(call).get(row.definition)?.definition.taskRoleArn;
  const denials = await Promise.all(
    AGENT_ACTIONS.map(async (action) =>
      roleArn
        ? denial(call, { roleArn, taskId: row.taskId, action: `ssmmessages:${action}`, resource: '*' })
        : 'no task role',
    ),
  );
  const connected = denials.every((refusal) => refusal === undefined);
  if (!connected || !(reachesInternet(call, row) || reaches(call, row, 'ssmmessages')))
    throw new AwsFault(
      'TargetNotConnectedException',
      'The execute command failed due to an internal error. Try again later.',
    );

  const sessionId = `ecs-execute-command-${randomBytes(13).toString('hex').slice(0, 25)}`;
  return {
    clusterArn: clusterArn(call, clusterName),
    containerArn: container.containerArn,
    containerName: container.name,
    interactive: true,
    taskArn: row.task.taskArn,
    session: {
      sessionId,
      streamUrl: `wss://ssmmessages.${call.region}.amazonaws.com/v1/data-channel/${sessionId}?role=publish_subscribe`,
      tokenValue: randomBytes(32).toString('base64'),
    },
  };
};
