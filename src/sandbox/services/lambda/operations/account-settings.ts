import type { Call } from '../../../kernel/scope.ts';
import { MOST_UNZIPPED, MOST_ZIPPED } from '../code.ts';
import { functions, layerVersions, versions } from '../state.ts';
import { concurrencyLimit, reservedByOthers } from './concurrency.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 75 GB of packages. */
const TOTAL_CODE = 80_530_636_800;

export function getAccountSettings(_input: object, call: Call) {
  const limit = concurrencyLimit(call);
  const packages = [...versions.in(call).values(), ...layerVersions.in(call).values()];
  return {
    AccountLimit: {
      TotalCodeSize: TOTAL_CODE,
      CodeSizeUnzipped: MOST_UNZIPPED,
      CodeSizeZipped: MOST_ZIPPED,
      ConcurrentExecutions: limit,
      UnreservedConcurrentExecutions: limit - reservedByOthers(call),
    },
    AccountUsage: {
      TotalCodeSize: packages.reduce((sum, { code }) => sum + code.size, 0),
      FunctionCount: functions.in(call).size,
    },
  };
}
