import { randomUUID } from 'node:crypto';
import type { LambdaFunction } from '../../../config/blocks/function.ts';
import { type DeployedFunction, deployedFunctions } from '../../functions/deployed-functions.ts';
import { waitFor } from '../../wait-for.ts';
import { check, DRY_RUN, type Finding, type VerifyCheck, type VerifyScene } from './verify-check.ts';

type Trigger = LambdaFunction['trigger'];

const EVERY_MS = 500;
/** The longest that a function of the usual settings runs, and then some. */
const FREE_WITHIN_MS = 60_000;

/** Each function: live as it is configured, connected to what starts it, and run as that would run it. */
export async function verifyFunctions(scene: VerifyScene): Promise<VerifyCheck[]> {
  const { functions } = scene.session.environment.blocks;
  const standing = new Map(
    deployedFunctions(scene.outputsOf, Object.keys(functions)).map((fn) => [fn.name, fn] as const),
  );
  const found = await Promise.all(
    Object.entries(functions).map(([name, block]) => verifyFunction(scene, { name, block, fn: standing.get(name) })),
  );
  return found.flat();
}

interface Looked {
  name: string;
  block: LambdaFunction;
  fn: DeployedFunction | undefined;
}

function verifyFunction({ session, outputs }: VerifyScene, { name, block, fn }: Looked): Promise<VerifyCheck[]> {
  const { aws, clock, flags, signal, target } = session;
  const component = `functions.${name}`;
  const each = (id: string, title: string, look: (fn: DeployedFunction) => Promise<Finding>) =>
    check(session, { component, id, title }, async () => (fn ? look(fn) : { wrong: 'it is not deployed' }));
  const live = ({ functionName, version }: DeployedFunction) => aws.lambda.configuration(functionName, version);
  const ready = each('ready', 'The version that is live is ready', async (deployed) => {
    const { version, functionName } = deployed;
    const found = await live(deployed);
    if (!found) return { wrong: `version ${version} of ${functionName} is gone` };
    return found.State === undefined || found.State === 'Active'
      ? `version ${version}`
      : { wrong: `version ${version} is ${found.State}: ${found.StateReason ?? ''}` };
  });
  const settings = each('settings', 'Memory and time are as configured', async (deployed) => {
    const { MemorySize, Timeout } = (await live(deployed)) ?? {};
    const seen = `${MemorySize} MiB, ${Timeout} s`;
    return MemorySize === block.memory && Timeout === block.timeoutSeconds ? seen : { wrong: seen };
  });
  const run = block.trigger && startOf(block.trigger);
  if (!run) return Promise.all([ready, settings]);
  const connected = each('trigger', 'What starts it is switched on', async ({ queueReader, rule }) => {
    const on = queueReader
      ? (await aws.lambda.mapping(queueReader))?.State
      : rule && ((await aws.events.isRuleOn(rule)) ? 'Enabled' : 'Disabled');
    return on === 'Enabled' ? (rule?.name ?? `${queueReader}`) : { wrong: `it is ${on ?? 'not there'}` };
  });
  const started = each(run.id, run.title, async () => {
    if (!run.event) return { skipped: 'an event of ours would be work for it' };
    if (flags.dryRun) return DRY_RUN;
    const began = clock.now();
    const at = { now: began, account: target.account, region: target.region };
    const event = run.event(at);
    // One that may run once at a time may be running just now, because of what starts it otherwise.
    const ended = await waitFor({ clock, everyMs: EVERY_MS, forMs: FREE_WITHIN_MS, signal }, () =>
      aws.lambda.invoke(outputs[`${component}.arn`]!, event),
    );
    if (!ended) return { wrong: `it ran as often as it may for ${FREE_WITHIN_MS / 1_000} s` };
    return ended.error === undefined ? `in ${clock.now() - began} ms` : { wrong: `it ended with ${ended.error}` };
  });
  return Promise.all([ready, settings, connected, started]);
}

interface Start {
  id: string;
  title: string;
  /** Absent: there is none that does no harm. */
  event?: (at: { now: number; account: string; region: string }) => object;
}

function startOf(trigger: NonNullable<Trigger>): Start {
  switch (trigger.on) {
    case 'schedule':
      return {
        id: 'schedule',
        title: 'The function runs as its schedule runs it',
        // https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-scheduled-events.html
        event: ({ now, account, region }) => ({
          version: '0',
          id: randomUUID(),
          'detail-type': 'Scheduled Event',
          source: 'aws.events',
          account,
          time: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
          region,
          resources: [],
          detail: {},
        }),
      };
    case 'queue':
      // Lambda sends no empty batch; a handler that loops over records does nothing with one, and proves that it loads.
      return { id: 'batch', title: 'The function takes a batch, an empty one', event: () => ({ Records: [] }) };
    case 'bus':
      return { id: 'event', title: 'The function takes an event' };
  }
}
