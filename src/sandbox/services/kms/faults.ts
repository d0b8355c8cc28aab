import { AwsFault } from '../../kernel/fault.ts';

/** Codes and sentences: https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html and public reports. */

export const notFound = (message: string) => new AwsFault('NotFoundException', message);
export const validation = (message: string) => new AwsFault('ValidationException', message);
export const keyMissing = (arn: string) => notFound(`Key '${arn}' does not exist`);
export const aliasMissing = (arn: string) => notFound(`Alias ${arn} is not found.`);
export const keyDisabled = (arn: string) => new AwsFault('DisabledException', `${arn} is disabled.`);
export const pendingDeletion = (arn: string) => new AwsFault('KMSInvalidStateException', `${arn} is pending deletion.`);
