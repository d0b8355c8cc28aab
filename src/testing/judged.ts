import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { Patient, TaskEnd } from '../diagnosis/judge/patient.ts';
import type { Look } from '../diagnosis/look.ts';
import { evidenceOf } from '../diagnosis/shown-evidence.ts';

/** A service `web` of `dev`. */
export const PATIENT: Patient = {
  name: 'web',
  subject: 'services.web',
  flags: '--env dev',
  again: 'platform redeploy web --env dev',
  logs: 'platform logs web --stopped --env dev',
  foreignNetwork: false,
  natWanted: true,
  region: 'us-east-1',
  sandboxed: false,
  secrets: ['app'],
  database: 'main',
};

/** A task that ended with these words. */
export const endedWith = (reason: string, task: Partial<TaskEnd['task']> = {}): TaskEnd => ({
  reason,
  said: evidenceOf('ecs:DescribeTasks', 'tasks[0].stoppedReason', reason),
  count: 1,
  index: 0,
  task: { stoppedReason: reason, taskArn: 'arn:aws:ecs:us-east-1:111111111111:task/c/0f', ...task },
});

export const found = <T>(value: T): Look<T> => ({ state: 'found', value });
export const ABSENT = { state: 'absent' } as const;
export const DENIED = {
  state: 'unseen',
  unseen: { what: 'it', permission: 'service:Action', reason: 'AWS denied service:Action' },
} as const;

/** One container that writes to CloudWatch and takes a key of a secret. */
export const DEFINITION: TaskDefinition = {
  cpu: '256',
  memory: '512',
  executionRoleArn: 'arn:aws:iam::111111111111:role/web-execution',
  containerDefinitions: [
    {
      name: 'app',
      secrets: [
        {
          name: 'API_KEY',
          valueFrom: 'arn:aws:secretsmanager:us-east-1:111111111111:secret:demo/dev/app-AbCdEf:API_KEY::',
        },
      ],
    },
  ],
};
