import { randomBytes } from 'node:crypto';
import type {
  StartSessionCommandInput,
  StartSessionCommandOutput,
  TerminateSessionCommandInput,
  TerminateSessionCommandOutput,
} from '@aws-sdk/client-ssm';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { tasks } from '../../ecs/state.ts';
import { sessions } from '../state.ts';

/** Parameters that a document cannot do without. */
const DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  'AWS-StartPortForwardingSession': [],
  'AWS-StartPortForwardingSessionToRemoteHost': ['host'],
};

/** The control side alone: nothing answers at the address of a session. Targets are containers with ECS Exec. */
export const startSession: Operation<StartSessionCommandInput, Answer<StartSessionCommandOutput>> = (input, call) => {
  const { Target = '', DocumentName, Parameters = {} } = input;
  const needed = DocumentName === undefined ? undefined : DOCUMENTS[DocumentName];
  if (!needed) throw new AwsFault('InvalidDocument', `Document with name ${DocumentName} does not exist.`);
  const missing = needed.filter((name) => (Parameters[name] ?? []).length === 0);
  if (missing.length > 0)
    throw new AwsFault('InvalidParameters', `Parameters ${missing.join(', ')} are required by the document.`);
  const [, cluster, taskId, runtimeId] = /^ecs:([^_]+)_([0-9a-f]{32})_(.+)$/.exec(Target) ?? [];
  const row = tasks.in(call).get(`${cluster}/${taskId}`);
  const container = row?.task.containers.find((one) => one.runtimeId === runtimeId);
  const agent = container?.managedAgents?.find(({ name }) => name === 'ExecuteCommandAgent');
  if (row?.task.lastStatus !== 'RUNNING' || agent?.lastStatus !== 'RUNNING')
    throw new AwsFault('TargetNotConnected', `${Target} is not connected.`);
  const SessionId = `platform-${randomBytes(9).toString('hex').slice(0, 17)}`;
  sessions.in(call).put(SessionId, { target: Target, document: DocumentName!, open: true });
  return {
    SessionId,
    TokenValue: randomBytes(48).toString('base64'),
    StreamUrl: `wss://ssmmessages.${call.region}.amazonaws.com/v1/data-channel/${SessionId}?role=publish_subscribe`,
  };
};

/** Ending what has ended already is no error. */
export const terminateSession: Operation<TerminateSessionCommandInput, Answer<TerminateSessionCommandOutput>> = (
  { SessionId = '' },
  call,
) => {
  if (!sessions.in(call).get(SessionId))
    throw new AwsFault('DoesNotExistException', `Session ${SessionId} does not exist.`);
  sessions.in(call).update(SessionId, (draft) => {
    draft.open = false;
  });
  return { SessionId };
};
