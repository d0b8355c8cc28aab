import type { Stack } from '@aws-sdk/client-cloudformation';
import { expect } from 'vitest';

/** The error that a call is refused with. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ code: string; message: string; status: number | undefined }> {
  const error = await call.then(
    () => {
      throw new Error('was not refused');
    },
    (refused) => refused,
  );
  return { code: error.Code ?? error.name, message: error.message, status: error.$metadata?.httpStatusCode };
}

export async function expectInvalid(call: Promise<unknown>, message: string | RegExp): Promise<void> {
  const { code, message: said, status } = await refusal(call);
  expect({ code, status }).toEqual({ code: 'ValidationError', status: 400 });
  if (typeof message === 'string') expect(said).toBe(message);
  else expect(said).toMatch(message);
}

/** A described stack, members and all: what the recordings show of every stack, and what is its own. */
export function expectStack(stack: Stack, own: Partial<Record<keyof Stack, unknown>>): void {
  expect({
    ...stack,
    CreationTime: undefined,
    LastUpdatedTime: stack.LastUpdatedTime && 'then',
    DeletionTime: stack.DeletionTime && 'then',
  }).toEqual({
    DisableRollback: false,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    EnableTerminationProtection: false,
    NotificationARNs: [],
    RollbackConfiguration: {},
    StackId: expect.stringMatching(/^arn:aws:cloudformation:us-east-1:\d{12}:stack\//),
    StackName: 'shop',
    Tags: [],
    ...own,
  });
}
