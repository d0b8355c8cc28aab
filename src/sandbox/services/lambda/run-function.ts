import { randomUUID } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { platformLine, shownLine, writeLog } from './function-log.ts';
import { recordCall } from './function-metrics.ts';
import { environmentOf, issueKeys, type Keys } from './runtime/environment.ts';
import type { Ending, Instance, LogLine } from './runtime/instance.ts';
import type { FunctionError } from './runtime/messages.ts';
import { poolOf } from './runtime/pool.ts';
import { unpack } from './runtime/unpack.ts';
import { isNode } from './runtimes.ts';
import { layerVersions, type VersionRow } from './state.ts';

/** A call that has been let in: which version answers, as which it was asked for. */
export interface Planned {
  row: VersionRow;
  /** With the qualifier, when one was given. */
  arn: string;
  requestId: string;
  /** JSON. */
  event: string;
  keys: Keys;
  clientContext?: unknown;
  scope: Scope;
}

export interface Result {
  payload: string;
  failed: boolean;
  /** What was logged, for `LogType: Tail`. */
  log: string;
  version: string;
}

/** The flags with which Lambda starts its older Node.js: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html */
const flagsOf = (runtime = ''): string[] =>
  /nodejs(?:18|20|22)\./.test(runtime) ? ['--no-experimental-detect-module', '--no-experimental-require-module'] : [];

export const planned = (
  row: VersionRow,
  arn: string,
  event: string,
  scope: Scope,
  clientContext?: unknown,
): Planned => ({
  row,
  arn,
  event,
  requestId: randomUUID(),
  keys: issueKeys(row, scope),
  scope,
  ...(clientContext !== undefined && { clientContext }),
});

/** Runs a function for one event. Virtual time goes no faster than the real clock meanwhile. */
export async function runFunction(plan: Planned): Promise<Result> {
  const { row, scope } = plan;
  if (!isNode(row.settings.Runtime) || row.code.blob === undefined) return simulated(plan);
  const { world } = scope;
  const release = world.hold();
  const pool = poolOf(world);
  let instance: Instance | undefined;
  const lines: LogLine[] = [];
  try {
    instance = await pool.take(wanted(plan));
    const isFirst = instance.initMs === undefined;
    const startedAt = Date.now();
    const ending = await instance.run(
      {
        kind: 'invoke',
        requestId: plan.requestId,
        event: plan.event,
        arn: plan.arn,
        deadline: 0,
        ...(plan.clientContext !== undefined && { clientContext: plan.clientContext }),
      },
      row.settings.Timeout! * 1_000,
      (line) => lines.push(line),
    );
    const initMs = isFirst ? instance.initMs : undefined;
    const durationMs = performance.now() - instance.calledAt;
    return await conclude(plan, { ending, lines, startedAt, durationMs, initMs, instance });
  } finally {
    if (instance) pool.give(instance);
    release();
  }
}

function wanted({ row, keys, scope }: Planned) {
  const { settings } = row;
  const { code } = poolOf(scope.world);
  const directory = unpack(row.code.blob!, code, scope.world);
  const layers = (settings.Layers ?? []).flatMap((arn) => {
    const [, , , , , , layer, version] = arn.split(':');
    const blob = layerVersions.in(scope).get(`${layer}:${version}`)?.code.blob;
    return blob === undefined ? [] : [unpack(blob, code, scope.world)];
  });
  return {
    key: JSON.stringify([scope.account, scope.region, row.function, row.version, row.code.sha256, settings]),
    version: row.version,
    memoryMiB: settings.MemorySize!,
    directory,
    flags: flagsOf(settings.Runtime),
    env: (logStream: string, temporary: string) =>
      environmentOf(row, { keys, directory, layers, scope }, { logStream, temporary }),
  };
}

interface Run {
  ending: Ending;
  lines: LogLine[];
  /** Real milliseconds since 1970. */
  startedAt: number;
  durationMs: number;
  initMs: number | undefined;
  instance: Instance;
}

/** Writes the log and the metrics, and says what the caller is told. */
async function conclude(
  plan: Planned,
  { ending, lines, startedAt, durationMs, initMs, instance }: Run,
): Promise<Result> {
  const { row, requestId, scope } = plan;
  const { error, note } = whatFailed(ending, plan);
  const failed = ending.kind !== 'done';
  const shown = lines.flatMap((line) => shownLine(row, requestId, line) ?? []);
  const report =
    `REPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(durationMs)} ms\t` +
    `Memory Size: ${row.settings.MemorySize} MB\tMax Memory Used: ${Math.round(instance.rss / 1_048_576)} MB\t` +
    (initMs === undefined ? '' : `Init Duration: ${initMs.toFixed(2)} ms\t`);
  const all = [
    platformLine(
      row,
      `START RequestId: ${requestId} Version: ${row.version}`,
      'platform.start',
      { requestId, version: row.version },
      startedAt,
    ),
    ...shown,
    ...(note === undefined ? [] : [{ message: note, timestamp: Date.now() }]),
    platformLine(row, `END RequestId: ${requestId}`, 'platform.runtimeDone', {
      requestId,
      status: failed ? 'error' : 'success',
    }),
    platformLine(row, report, 'platform.report', {
      requestId,
      metrics: { durationMs, billedDurationMs: Math.ceil(durationMs), memorySizeMB: row.settings.MemorySize },
      status: failed ? 'error' : 'success',
    }),
  ];
  await scope.world.transaction(() => {
    writeLog(row, instance.logStream, all, scope);
    recordCall(plan, { failed, durationMs });
  });
  return {
    payload: error ? JSON.stringify(error) : ending.kind === 'done' ? ending.body : 'null',
    failed,
    log: all.map(({ message }) => `${message}\n`).join(''),
    version: row.version,
  };
}

/** The words of the runtime, and the line that it writes. */
function whatFailed(ending: Ending, { row, requestId }: Planned): { error?: FunctionError; note?: string } {
  const time = new Date().toISOString();
  switch (ending.kind) {
    case 'done':
      return {};
    case 'failed': {
      const { error, isInit } = ending;
      const { trace, ...rest } = error;
      const words = isInit ? 'Uncaught Exception' : 'Invoke Error';
      const note = `${time}\t${isInit ? 'undefined' : requestId}\tERROR\t${words} \t${JSON.stringify({ ...rest, stack: trace ?? [] })}`;
      return { error: { ...error, trace: trace ?? [] }, note };
    }
    case 'timeout': {
      const said = `Task timed out after ${row.settings.Timeout!.toFixed(2)} seconds`;
      return {
        error: { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: ${said}` },
        note: `${time} ${requestId} ${said}\n`,
      };
    }
    case 'exited': {
      const how =
        ending.signal === null && ending.code !== null && ending.code !== 134
          ? `exit status ${ending.code}`
          : 'signal: killed';
      const said = `Runtime exited with error: ${how}`;
      return {
        error: { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${said}` },
        note: `RequestId: ${requestId} Error: ${said}\nRuntime.ExitError`,
      };
    }
  }
}

/** What this machine does not run answers nothing, and its log says so. */
async function simulated(plan: Planned): Promise<Result> {
  const { row, requestId, scope } = plan;
  const what = row.settings.Runtime ?? `the image ${row.code.imageUri}`;
  const message = `simulated: the sandbox does not run ${what}; the event was taken and nothing has happened (RequestId: ${requestId})`;
  await scope.world.transaction(() => {
    const line = { message, timestamp: scope.world.clock.stamp() };
    writeLog(row, `simulated/${row.version.replace('$', '')}`, [line], scope);
    recordCall(plan, { failed: false, durationMs: 0 });
  });
  return { payload: 'null', failed: false, log: `${message}\n`, version: row.version };
}
