import { AwsFault } from '../../kernel/fault.ts';
import { violation } from '../constraints.ts';
import { validation } from './faults.ts';

const MOST_LEVELS = 15;
const LONGEST = { Standard: 4096, Advanced: 8192 } as const;

/** Rules for names: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
export function checkName(name: string): void {
  const complaint = violation([['name', name, { length: [1, 2048] }]]);
  if (complaint !== undefined) throw validation(complaint);
  const rule =
    'If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_';
  if (/^\/aws/i.test(name))
    throw new AwsFault('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  const reserved = /^\/?(aws|ssm)/i.exec(name)?.[1];
  if (reserved !== undefined)
    throw validation(`Parameter name: can't be prefixed with "${reserved.toLowerCase()}" (case-insensitive). ${rule}`);
  if (name.includes('/') && !name.startsWith('/')) throw validation('Parameter name must be a fully qualified name.');
  if (!/^(?:\/?[A-Za-z0-9_.-]+)(?:\/[A-Za-z0-9_.-]+)*$/.test(name))
    throw validation(`Parameter name: can't be prefixed with "ssm" (case-insensitive). ${rule}`);
  if (name.split('/').length - 1 > MOST_LEVELS)
    throw new AwsFault(
      'HierarchyLevelLimitExceededException',
      `The parameter name exceeds the maximum hierarchy level of ${MOST_LEVELS}.`,
    );
}

export function checkValue(
  value: string | undefined,
  { tier, allowedPattern }: { tier: 'Standard' | 'Advanced'; allowedPattern: string | undefined },
): asserts value is string {
  const complaint = violation([['value', value, { required: true, length: [1, Number.MAX_SAFE_INTEGER] }]]);
  if (complaint !== undefined) throw validation(complaint);
  if (value!.length > LONGEST[tier])
    throw validation(
      tier === 'Standard'
        ? 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html'
        : 'Advanced tier parameters support a maximum parameter value of 8192 characters.',
    );
  if (allowedPattern !== undefined && !new RegExp(`^(?:${allowedPattern})$`).test(value!))
    throw new AwsFault(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`,
    );
}
