import { AwsFault } from '../../kernel/fault.ts';
import { page } from '../page.ts';

export const badRequest = (message: string) => new AwsFault('BadRequestException', message);
export const notFound = (message: string) => new AwsFault('NotFoundException', message);
export const conflict = (message: string) => new AwsFault('ConflictException', message);

/** API reference: 25 unless said, at most 500. */
export function pageOf<T>(items: readonly T[], { position, limit = 25 }: { position?: string; limit?: number }) {
  const refuse = (): never => {
    throw badRequest('Invalid position parameter');
  };
  const { items: some, next } = page(items, { size: Math.min(limit, 500), token: position, refuse });
  return { items: some, ...(next !== undefined && { position: next }) };
}
