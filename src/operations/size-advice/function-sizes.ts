import type { Session } from '../../context.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import { cents, PRICED_REGION } from '../../domain/prices.ts';
import { tooLittle } from '../../domain/size-advice/advice.ts';
import { functionAdvice } from '../../domain/size-advice/function-advice.ts';
import { callsCost } from '../../domain/size-advice/size-cost.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import { deployedFunctions } from '../functions/deployed-functions.ts';
import { waitFor } from '../wait-for.ts';
import type { SizeAdvice } from './advise-sizes.ts';

/**
 * What Lambda itself writes at the end of each call; no agent and no layer is needed. In bytes, of a thousand:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-examples.html
 */
const REPORTS =
  'filter @type = "REPORT" | stats max(@maxMemoryUsed) as used, count(*) as calls, sum(@billedDuration) as billed';
const MB = 1_000_000;
const FOR_MS = 5 * 60_000;
/** Insights takes thirty queries of an account at once, and others ask too. */
const AT_ONCE = 4;
const DAYS_A_MONTH = 30.4;

export async function functionSizes(session: Session, outputsOf: OutputsOf, days: number): Promise<SizeAdvice[]> {
  const { functions } = session.environment.blocks;
  const live = deployedFunctions(outputsOf, Object.keys(functions));
  return fewAtATime(
    Object.entries(functions),
    async ([name, { memory, architecture }]) => {
      const group = live.find((one) => one.name === name)?.logGroup;
      const found = group === undefined ? undefined : await reports(session, group, days);
      const common = {
        path: `functions.${name}`,
        now: { memory },
        evidence: [`logs:StartQuery on ${group}: ${REPORTS}`],
      };
      if (!found) return { ...common, ...tooLittle('it is not deployed'), evidence: [], monthly: null };
      const advice = functionAdvice({ memory, ...found });
      const suggested = advice.suggested?.memory;
      const known = typeof suggested === 'number' && session.target.region === PRICED_REGION;
      const cost = (mb: number) => callsCost(mb, (found.billedMs / days) * DAYS_A_MONTH, architecture);
      return { ...common, ...advice, monthly: known ? cents(cost(suggested) - cost(memory)) : null };
    },
    AT_ONCE,
  );
}

async function reports(session: Session, group: string, days: number) {
  const { aws, clock, signal, target } = session;
  const now = clock.now();
  const started = await aws.logs.startQuery({
    query: REPORTS,
    groups: [group],
    since: now - days * 24 * 3_600_000,
    until: now,
    limit: 1,
  });
  if ('malformed' in started) throw new Error(`Logs Insights does not take our own query: ${started.malformed}`);
  // What nobody waits for any more is stopped: it is paid by what it reads.
  const stop = () => aws.uninterrupted().logs.stopQuery(started.id);
  const ended = await waitFor({ clock, everyMs: target.pollMs, forMs: FOR_MS, signal }, async () => {
    const found = await aws.logs.queryResults(started.id);
    return /^(Scheduled|Running)$/.test(found.status) ? undefined : found;
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  if (!ended) await stop();
  const [row] = ended?.status === 'Complete' ? ended.rows : [];
  return {
    usedMb: Number(row?.used ?? 0) / MB,
    calls: Number(row?.calls ?? 0),
    billedMs: Number(row?.billed ?? 0),
  };
}
