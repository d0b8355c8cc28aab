import { diagnosisLines } from '../../diagnosis/diagnosis-text.ts';
import { columns } from '../../domain/columns.ts';
import { inSamePlace } from '../../domain/same-place.ts';
import { evidenceLines } from '../../errors/evidence-lines.ts';
import { remedyLines } from '../../errors/remedy-steps.ts';
import type { RunsOutcome } from './explain.ts';
import type { Recorded, RecordedFailure, RunRecord } from './run-record.ts';
import { shiftText } from './shift-sighting.ts';
import { taskReason } from './task-evidence.ts';

/** Of what was seen over time a person reads the end; `--json` has all of it. */
const LINES_SHOWN = 60;
const LOG_LINES_SHOWN = 10;

/** A run for people: what happened, the evidence, how things stood, what to type. */
export function explainText(record: RunRecord): string {
  const { failure, outcome, seen, dropped } = record;
  const told = seen.flatMap(linesOf);
  const place = { env: record.environment, sandbox: record.sandbox };
  const typed = (remedy: string) => remedyLines(inSamePlace(remedy, place), '   ');
  const hidden = Math.max(0, told.length - LINES_SHOWN);
  return [
    headline(record),
    ...(failure ? ['', 'What happened', `  ${failure.message}`, ...problemsOf(failure).flatMap(problemLines)] : []),
    ...(failure && failure.causes.length + failure.unseen.length > 0
      ? ['', 'Why', ...diagnosisLines(failure).map((line) => `  ${line}`)]
      : []),
    ...(told.length > 0
      ? [
          '',
          'What was seen',
          ...(hidden + dropped > 0 ? [`  … ${hidden} earlier lines: --json has what was kept`] : []),
          ...told.slice(-LINES_SHOWN),
        ]
      : []),
    ...(failure ? ['', 'What to type', ...typed(failure.remedy || 'platform status shows how things stand now')] : []),
    ...(outcome === 'running'
      ? ['', ...typed('platform deploy --attach follows what AWS goes on with: this runs still, or was cut off')]
      : []),
  ].join('\n');
}

function headline({ command, environment, sandbox, startedAt, endedAt, outcome, id, failure }: RunRecord): string {
  const seconds = endedAt === null ? '' : `, ${Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000)} s`;
  const ends = { done: 'it went well', running: 'its end was not recorded', failed: `it ended with ${failure?.id}` };
  return `${command} of ${environment}${sandbox ? ' on the sandbox' : ''}, ${minute(startedAt)}${seconds}: ${ends[outcome]}\nrun ${id}`;
}

const minute = (iso: string): string => iso.slice(0, 19).replace('T', ' ');
const time = (iso: string): string => iso.slice(11, 19);

/** One that is the whole message, or that a cause tells better, is not told twice. */
const problemsOf = ({ message, problems }: RecordedFailure): RecordedFailure['problems'] =>
  problems.length === 1 && message.endsWith(problems[0]!.message) ? [] : problems;

const problemLines = ({ rule, path, message, remedy, evidence }: RecordedFailure['problems'][number]): string[] => [
  `  ${[path, rule].filter(Boolean).join(' ')}: ${message}`,
  ...evidenceLines(evidence, '    '),
  ...remedyLines(remedy, '    '),
];

function linesOf(seen: Recorded): string[] {
  const line = (text: string) => `  ${time(seen.at)}  ${text}`;
  switch (seen.kind) {
    case 'act':
      return [line(seen.text)];
    case 'blind':
      return [
        line(`not seen: ${seen.what}: ${seen.permission ? `permission ${seen.permission} is missing` : seen.reason}`),
      ];
    case 'resource':
      return [line(`${seen.stack} ${seen.resource} ${seen.status}${seen.reason ? `: ${seen.reason}` : ''}`)];
    case 'rollout': {
      const failed = seen.failed > 0 ? `, ${seen.failed} did not stay up` : '';
      const which = seen.role === 'back' ? 'way back' : 'rollout';
      return [line(`${seen.service} ${which} ${seen.state}: ${seen.running} of ${seen.desired} tasks run${failed}`)];
    }
    case 'task':
      return [line(`${seen.service} task ${seen.task} stopped: ${taskReason(seen)}`)];
    case 'log':
      return [
        line(`${seen.service} task ${seen.task}, the end of its log:`),
        ...seen.lines.slice(-LOG_LINES_SHOWN).map((text) => `            | ${text}`),
      ];
    case 'target': {
      const why = [seen.reason, seen.description].filter(Boolean).join(', ');
      return [line(`${seen.service} target ${seen.target} ${seen.state}${why ? `: ${why}` : ''}`)];
    }
    case 'shift':
      return [line(`${seen.service}: ${shiftText(seen)}`)];
    case 'alarm':
      return [line(`alarm ${seen.alarm} ${seen.state}${seen.reason ? `: ${seen.reason}` : ''}`)];
    case 'event':
      return [line(seen.text)];
    case 'diagnosis':
      return seen.causes.map(({ id, what, certainty }) => line(`${seen.service}: ${certainty} ${id}: ${what}`));
    case 'one-off': {
      const code = seen.exitCode === null ? 'no exit code' : `exit code ${seen.exitCode}`;
      return [
        line(`${seen.component} ${seen.command}, task ${seen.task}: ${code}${seen.reason ? `, ${seen.reason}` : ''}`),
        ...seen.lines.slice(-LOG_LINES_SHOWN).map((text) => `            | ${text}`),
      ];
    }
  }
}

export function runsText({ runs }: RunsOutcome): string {
  if (runs.length === 0) return 'No run was kept: nothing was deployed from here, or nothing of it is left';
  return columns(
    runs.map(({ id, command, environment, outcome, startedAt, message, readable }) =>
      readable
        ? [
            id,
            minute(startedAt!),
            `${command} ${environment}`,
            outcome === 'running' ? 'not ended' : outcome!,
            shorten(message ?? ''),
          ]
        : [id, '', '', '', 'cannot be read by this version'],
    ),
  );
}

const shorten = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text);
