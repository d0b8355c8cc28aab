import { randomBytes } from 'node:crypto';

/** An id as EC2 makes them: a prefix and 17 hexadecimal digits. */
export const freshId = (prefix: string): string => `${prefix}-0${randomBytes(8).toString('hex')}`;
