import { AwsFault } from '../../kernel/fault.ts';

/** Sentences as quoted in fidelity/wafv2.md. */
export const invalid = (reason: string, field: string, parameter: string): AwsFault =>
  new AwsFault('WAFInvalidParameterException', `Error reason: ${reason}, field: ${field}, parameter: ${parameter}`, {
    fields: { Field: field, Parameter: parameter, Reason: reason },
  });

export const nonexistent = (): AwsFault =>
  new AwsFault(
    'WAFNonexistentItemException',
    'AWS WAF couldn’t perform the operation because your resource doesn’t exist.',
  );

export const duplicate = (): AwsFault =>
  new AwsFault(
    'WAFDuplicateItemException',
    'AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one.',
  );

export const changedMeanwhile = (): AwsFault =>
  new AwsFault(
    'WAFOptimisticLockException',
    'AWS WAF couldn’t save your changes because someone changed the resource after you started to edit it. Reapply your changes.',
  );

export const inUse = (): AwsFault =>
  new AwsFault(
    'WAFAssociatedItemException',
    'AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource.',
  );

export const limitExceeded = (): AwsFault =>
  new AwsFault(
    'WAFLimitsExceededException',
    'AWS WAF couldn’t perform the operation because you exceeded your resource limit.',
  );
