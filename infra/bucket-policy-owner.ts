/** Where a bucket says that another stack writes its one policy: whoever reads the template alone could not know. */
export const POLICY_KEY = 'platform:policy-of';
