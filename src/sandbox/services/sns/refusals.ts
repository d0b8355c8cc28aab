import { AwsFault } from '../../kernel/fault.ts';

/** Sentences: recordings sns/test_sns of LocalStack's suite against AWS. */
export const invalid = (reason: string) => new AwsFault('InvalidParameter', `Invalid parameter: ${reason}`);
export const topicMissing = () => new AwsFault('NotFound', 'Topic does not exist');
export const subscriptionMissing = () => new AwsFault('NotFound', 'Subscription does not exist');
