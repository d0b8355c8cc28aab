import { pascal } from '../../../infra/names.ts';
import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { parsedJson } from '../../domain/parsed-json.ts';
import { sharedBeginning } from '../../domain/shared-beginning.ts';
import type { FoundStack } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';

export interface LostLogGroup {
  component: string;
  name: string;
  region: string;
  /** As the template says; undefined where it keeps everything. */
  days: number | undefined;
}

/** From so many on one listing is quicker than a look at each. */
const LIST_FROM = 8;

/** The log groups that tasks write to and that somebody has deleted: no task starts without (F-48). */
export async function lostLogGroups(
  { aws }: Pick<Session, 'aws'>,
  stacks: readonly FoundStack[],
): Promise<{ looked: number; lost: LostLogGroup[] }> {
  const tasks = stacks.find(({ id }) => id === 'tasks');
  if (!tasks) return { looked: 0, lost: [] };
  const { cloudFormation, logs } = aws.in(tasks.region);
  const prefix = outputs.tasks.logGroup('');
  const wanted = Object.entries(stackOutputs(tasks.stack)).filter(([key]) => key.startsWith(prefix));
  const beginnings =
    wanted.length < LIST_FROM ? wanted.map(([, name]) => name) : [sharedBeginning(wanted.map(([, name]) => name))];
  const listed = await Promise.all(beginnings.map((one) => logs.groups(one)));
  const there = new Set(listed.flat().map(({ logGroupName }) => logGroupName));
  const missing = wanted.filter(([, name]) => !there.has(name));
  if (missing.length === 0) return { looked: wanted.length, lost: [] };
  const template = parsedJson((await cloudFormation.template(tasks.stackName)) ?? '') as Template | undefined;
  const group = Object.values(template?.Resources ?? {}).find(({ Type }) => Type === 'AWS::Logs::LogGroup');
  const days = group?.Properties?.RetentionInDays;
  return {
    looked: wanted.length,
    lost: missing.map(([key, name]) => ({ component: key.slice(prefix.length), name, region: tasks.region, days })),
  };
}

interface Template {
  Resources?: Record<string, { Type?: string; Properties?: { RetentionInDays?: number } }>;
}

export const recreateLogGroup = ({ aws }: Pick<Session, 'aws'>, { days, name, region }: LostLogGroup): Promise<void> =>
  aws.in(region).logs.createGroup(name, days);

/** As platform.yaml calls it, of a name in an output. */
export const componentCalled = (services: Iterable<string>, told: string): string | undefined =>
  [...services].find((name) => pascal(name) === told);
