/**
 * The day from which AWS no longer patches a runtime; functions can be created for some months more.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
export const RUNTIME_END: Readonly<Record<string, string>> = {
  'nodejs16.x': '2024-06-12',
  'nodejs18.x': '2025-09-01',
  'nodejs20.x': '2026-04-30',
  'nodejs22.x': '2027-04-30',
  'nodejs24.x': '2028-04-30',
  'python3.8': '2024-10-14',
  'python3.9': '2025-12-15',
  'python3.10': '2026-10-31',
  'python3.11': '2027-06-30',
  'python3.12': '2028-10-31',
  'python3.13': '2029-06-30',
  'python3.14': '2029-06-30',
};

/** What a function runs on that does not say: a test holds it to the newest of the table. */
export const NEWEST_NODE = 'nodejs24';

/** The newest of the same language. */
export const newestOf = (runtime: string): string =>
  runtime.startsWith('python') ? Object.keys(RUNTIME_END).findLast((one) => one.startsWith('python'))! : NEWEST_NODE;

/** As Lambda writes it: `nodejs22` is `nodejs22.x`. */
export const lambdaRuntime = (runtime: string): string => (/^nodejs\d+$/.test(runtime) ? `${runtime}.x` : runtime);
