import { expect, it } from 'vitest';
import { isReplicated } from './lambda.ts';

const refused = (name: string, message: string) => Object.assign(new Error(message), { name });

it('F-114: knows by its sentence that a function has copies at edges; what is refused otherwise has none, not F-114', () => {
  const sentence =
    'Lambda was unable to delete arn:aws:lambda:us-east-1:111111111111:function:images:1 because it is a replicated function. Please see our documentation for Deleting Lambda@Edge Functions and Replicas.';
  expect(isReplicated(refused('InvalidParameterValueException', sentence))).toBe(true);
  expect(isReplicated(refused('InvalidParameterValueException', '$LATEST version cannot be deleted'))).toBe(false);
  expect(isReplicated(refused('AccessDeniedException', sentence))).toBe(false);
});
