import { EDGE_REGION } from '../../../infra/edge-region.ts';
import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { counted } from '../../domain/counted.ts';
import { EDGE_CACHE_REGIONS } from '../../domain/edge-cache-regions.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import { redactedLine } from '../../domain/redact.ts';
import type { Problem } from '../../errors/problem.ts';
import { isRefusal, type RefusedRegion } from '../logs/read-logs.ts';
import type { DeployedEdge } from './deployed-edges.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment'>;

const MINUTES = 60;

export interface EdgeFaults {
  problems: Problem[];
  /** Regions of viewers that did not let us look, with what was said. */
  refused: RefusedRegion[];
}

/**
 * What CloudFront counted within the last hour of functions at the edges that failed (F-112), and copies that were called
 * where they write no log (F-113). CloudFront counts in us-east-1, each copy in the region where it runs. Only reads.
 */
export async function edgeFaults(session: Powers, edges: readonly DeployedEdge[]): Promise<EdgeFaults> {
  const refused = new Map<string, string>();
  const problems = await fewAtATime(edges, async (edge) => {
    const copies = await copiesOf(session, edge, refused);
    return [...(await failuresOf(session, edge, copies)), ...unwritten(session, edge, copies)];
  });
  return { problems: problems.flat(), refused: [...refused].map(([region, reason]) => ({ region, reason })) };
}

interface Copy {
  region: string;
  calls: number;
  /** What it wrote within the hour; undefined: there is no group that it writes to. */
  lines: string[] | undefined;
}

/** Where the function was called. */
async function copiesOf(
  { aws, clock }: Powers,
  { copyName, group }: DeployedEdge,
  refused: Map<string, string>,
): Promise<Copy[]> {
  const now = clock.now();
  const found = await fewAtATime(EDGE_CACHE_REGIONS, async (region): Promise<Copy[]> => {
    const there = aws.in(region);
    try {
      const calls = await there.metrics.sum(
        { namespace: 'AWS/Lambda', name: 'Invocations', dimensions: { FunctionName: copyName } },
        { now, minutes: MINUTES },
      );
      if (calls === 0) return [];
      const page = await there.logs.groupEvents(group, { since: now - MINUTES * 60_000 });
      return [{ region, calls, lines: page?.events.map(({ text }) => text.trim()) }];
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused.set(region, error.message);
      return [];
    }
  });
  return found.flat();
}

/**
 * As CloudFront counts them for a distribution, with what viewers get.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-testing-debugging.html
 */
const KINDS: readonly {
  metric: string;
  says: string;
  remedy: (edge: DeployedEdge, logs: string, regions: string) => string;
}[] = [
  {
    metric: 'LambdaExecutionError',
    says: 'got 503, for the function at the edges threw, ran out of memory or took too long',
    remedy: (_edge, logs) => `${logs} shows what it wrote, in every region of viewers`,
  },
  {
    metric: 'LambdaValidationError',
    says: 'got 502, for CloudFront does not take what the function at the edges answered',
    remedy: (_edge, logs) =>
      `an answer at the edges has at most 1 MB, a status from 200 to 599, and none of the headers that CloudFront keeps for itself; ${logs} shows what it wrote`,
  },
  {
    metric: 'LambdaLimitExceededErrors',
    says: 'got 503, for more copies of functions were to run in a region than the account may have there',
    remedy: (_edge, _logs, regions) =>
      `ask AWS for more concurrent executions of Lambda (L-B99A9384) in ${regions}; what is cached asks no function: let it be cached longer`,
  },
];

async function failuresOf(
  { aws, clock, environment }: Powers,
  edge: DeployedEdge,
  copies: readonly Copy[],
): Promise<Problem[]> {
  const { metrics } = aws.in(EDGE_REGION);
  const dimensions = { DistributionId: edge.distribution, Region: 'Global' };
  const logs = `platform logs ${edge.site} --since 1h ${environmentFlags(environment)}`;
  const regions = copies.map(({ region }) => region).join(', ');
  const found = await Promise.all(
    KINDS.map(async ({ metric, says, remedy }): Promise<Problem[]> => {
      const count = await metrics.sum(
        { namespace: 'AWS/CloudFront', name: metric, dimensions },
        { now: clock.now(), minutes: MINUTES },
      );
      if (count === 0) return [];
      const told = copies.flatMap(({ region, lines = [] }) => {
        const line = lines.findLast((one) => SAYS_ERROR.test(one));
        return line === undefined ? [] : [{ region, line }];
      })[0];
      return [
        {
          rule: 'F-112',
          severity: 'warning',
          path: `sites.${edge.site}`,
          message: `${counted(count, 'request')} within the last hour ${says}${told ? `; in ${told.region} it wrote ${redactedLine(told.line)}` : ''}`,
          remedy: remedy(edge, logs, regions || 'the regions of your viewers'),
          evidence: [
            evidenceOf('cloudwatch:GetMetricStatistics', `AWS/CloudFront ${metric} of ${edge.distribution}`, count),
            ...(told
              ? [evidenceOf('logs:FilterLogEvents', `${told.region} ${edge.group} events[].message`, told.line)]
              : []),
          ],
        },
      ];
    }),
  );
  return found.flat();
}

/** What Lambda and the runtime of Node.js write of a call that failed. */
const SAYS_ERROR = /\tERROR\t|Task timed out|Runtime\.|Status: (?:timeout|error)/;

/** A copy makes its group with its first line, and Lambda itself writes lines of every call: silence is no health. */
function unwritten({ environment }: Powers, edge: DeployedEdge, copies: readonly Copy[]): Problem[] {
  const silent = copies.filter(({ lines }) => lines === undefined);
  const [first] = silent;
  if (!first) return [];
  const flags = environmentFlags(environment);
  return [
    {
      rule: 'F-113',
      severity: 'warning',
      path: `sites.${edge.site}`,
      message: `its function at the edges was called in ${silent.map(({ region, calls }) => `${region} (${counted(calls, 'time')})`).join(', ')} within the last hour and has no log there: its role may not write one`,
      remedy: `platform deploy ${flags} gives its role the right back where somebody took it; platform logs ${edge.site} ${flags} looks in every region of viewers`,
      evidence: [
        evidenceOf(
          'cloudwatch:GetMetricStatistics',
          `${first.region} AWS/Lambda Invocations of ${edge.copyName}`,
          first.calls,
        ),
        evidenceOf('logs:FilterLogEvents', `${first.region} ${edge.group}`, undefined),
      ],
    },
  ];
}
