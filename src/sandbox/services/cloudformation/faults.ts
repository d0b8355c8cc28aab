import { AwsFault } from '../../kernel/fault.ts';

/** CloudFormation refuses nearly everything with this one code and says the reason in the message. */
export const invalid = (message: string): AwsFault => new AwsFault('ValidationError', message);

export const formatError = (message: string): AwsFault => invalid(`Template format error: ${message}`);

export const templateError = (message: string): AwsFault => invalid(`Template error: ${message}`);

/** Most operations name a missing stack so; a few have words of their own. */
export const noStackWithId = (name: string): AwsFault => invalid(`Stack with id ${name} does not exist`);

export const noStack = (name: string): AwsFault => invalid(`Stack [${name}] does not exist`);

export const noChangeSet = (name: string): AwsFault =>
  new AwsFault('ChangeSetNotFound', `ChangeSet [${name}] does not exist`, { status: 404 });
