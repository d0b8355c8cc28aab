import { AwsFault } from '../../kernel/fault.ts';
import { page } from '../page.ts';

export const onePage = <T>(
  items: readonly T[],
  { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
) =>
  page(items, {
    size: Math.min(MaxResults ?? 50, 50),
    token: NextToken,
    refuse: () => {
      throw new AwsFault('InvalidNextTokenException', 'The next token supplied was invalid');
    },
  });
