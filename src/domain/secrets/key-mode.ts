/**
 * Whether a key says of itself that it is for trying out or for earnest: `sk_test_…`, `rk_live_…` of Stripe
 * (https://docs.stripe.com/keys), `secret-test-…` and `project-live-…` of Stytch, and those who took after them.
 */
export function keyMode(value: string): 'test' | 'live' | undefined {
  const [, mode] = /^[a-z]{1,12}(?:[_-][a-z]{1,12})?[_-](test|live)[_-]/.exec(value) ?? [];
  return mode as 'test' | 'live' | undefined;
}

/** What is odd about a key of this mode in an environment of this kind (S3-22); undefined when nothing is. */
export function modeMismatch(value: string, kind: string): string | undefined {
  const mode = keyMode(value);
  if (mode === 'test' && kind === 'prod') return 'is a test key, and this environment is of kind prod';
  if (mode === 'live' && kind !== 'prod') return `is a live key, and this environment is of kind ${kind}`;
  return undefined;
}
