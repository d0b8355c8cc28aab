import type { Evidence } from '../diagnosis/cause.ts';
import { inSamePlace, type Place } from '../domain/same-place.ts';
import { remedyLines } from '../errors/remedy-steps.ts';
import type { AppliedFix } from './apply-fixes.ts';
import { GROUPS } from './check.ts';
import type { Examined } from './examine.ts';
import type { Finding, Fix } from './finding.ts';

/** The contract of `doctor --json`: an entry for each check, or for each thing that it found sick or could not see. */
export interface DoctorDocument {
  environment: string | null;
  checks: ReportedFinding[];
  fixes: AppliedFix[];
  summary: { ok: number; skipped: number; unknown: number; warnings: number; errors: number };
}

export interface ReportedFinding {
  id: string;
  title: string;
  group: string;
  /** What is sick, where a check looks at several things. */
  subject: string | null;
  status: Finding['status'];
  severity: 'error' | 'warning' | null;
  detail: string;
  evidence: readonly Evidence[];
  remedy: string | null;
  fixable: boolean;
  handling: Fix['handling'] | null;
  failure: string | null;
  /** What is missing to look. */
  permission: string | null;
}

export function documentOf(
  examined: readonly Examined[],
  { environment, fixes }: Pick<DoctorDocument, 'environment' | 'fixes'>,
  place: Place,
): DoctorDocument {
  const checks = examined.flatMap(({ check: { id, title, group }, findings }) =>
    findings.map((finding) => {
      const { remedy, ...said } = reported(finding);
      return { id, title, group, ...said, remedy: remedy === null ? null : inSamePlace(remedy, place) };
    }),
  );
  const count = (which: (one: ReportedFinding) => boolean) => checks.filter(which).length;
  return {
    environment,
    checks,
    fixes,
    summary: {
      ok: count(({ status }) => status === 'ok'),
      skipped: count(({ status }) => status === 'skipped'),
      unknown: count(({ status }) => status === 'unknown'),
      warnings: count(({ severity }) => severity === 'warning'),
      errors: count(({ severity }) => severity === 'error'),
    },
  };
}

function reported(finding: Finding): Omit<ReportedFinding, 'id' | 'title' | 'group'> {
  const nothing = {
    subject: null,
    severity: null,
    evidence: [],
    remedy: null,
    fixable: false,
    handling: null,
    failure: null,
    permission: null,
  };
  switch (finding.status) {
    case 'ok':
      return { ...nothing, status: 'ok', detail: finding.detail };
    case 'skipped':
      return { ...nothing, status: 'skipped', detail: finding.reason };
    case 'unknown':
      return {
        ...nothing,
        status: 'unknown',
        subject: finding.subject ?? null,
        detail: finding.reason,
        permission: finding.permission ?? null,
      };
    case 'problem':
      return {
        ...nothing,
        status: 'problem',
        subject: finding.subject ?? null,
        severity: finding.severity,
        detail: finding.detail,
        evidence: finding.evidence,
        remedy: finding.remedy,
        fixable: finding.fix !== undefined,
        handling: finding.fix?.handling ?? null,
        failure: finding.failure ?? null,
      };
  }
}

/** For people: what is well in a line, what is sick with its evidence and the way out. */
export function reportText({ checks, fixes, summary }: DoctorDocument): string {
  const parts = GROUPS.flatMap((group) => {
    const lines = groupLines(checks.filter((one) => one.group === group));
    return lines.length === 0 ? [] : [[group, ...lines].join('\n')];
  });
  if (fixes.length > 0) parts.push(['fixes', ...fixes.map(fixLine)].join('\n'));
  return [...parts, summaryLine(summary)].join('\n\n');
}

const MARKS = { ok: 'ok', skipped: '--', unknown: '??' } as const;

/** One reason for which much is left out is said once, where it is first met. */
function groupLines(checks: readonly ReportedFinding[]): string[] {
  const skipped = Map.groupBy(
    checks.filter(({ status }) => status === 'skipped'),
    ({ detail }) => detail,
  );
  return checks.flatMap((one, index) => {
    if (one.status === 'problem') return problemLines(one, checks[index - 1]);
    const alike = skipped.get(one.detail) ?? [one];
    if (one.status === 'skipped' && alike.length > 1)
      return alike[0] === one ? [`  --  ${alike.length} checks: ${one.detail}`] : [];
    return [`  ${MARKS[one.status]}  ${one.title}: ${one.subject === null ? '' : `${one.subject}: `}${one.detail}`];
  });
}

/** The id beside the title is what `--only` takes. What a check says of several things stands under one title. */
function problemLines(
  { id, severity, title, subject, detail, evidence, remedy, failure, fixable }: ReportedFinding,
  before: ReportedFinding | undefined,
): string[] {
  const goesOn = before?.status === 'problem' && before.id === id && before.severity === severity;
  return [
    ...(goesOn ? [] : [`  ${severity === 'error' ? 'no' : '! '}  ${title} (${id})`]),
    `        ${subject === null ? '' : `${subject}: `}${detail}${failure === null ? '' : ` (${failure})`}`,
    ...evidence.map(({ call, read, value }) => `          read: ${call} ${read} = ${value}`),
    ...remedyLines(`${remedy}${fixable ? ' (or --fix)' : ''}`, '          '),
  ];
}

const fixLine = ({ does, subject, outcome, why }: AppliedFix): string =>
  `  ${outcome === 'fixed' ? 'ok' : '--'}  ${does}${subject === null ? '' : ` (${subject})`}: ${outcome}${why === null ? '' : `, ${why}`}`;

function summaryLine({ ok, skipped, unknown, warnings, errors }: DoctorDocument['summary']): string {
  const parts = [
    errors > 0 ? `${errors} wrong` : undefined,
    warnings > 0 ? `${warnings} to look at` : undefined,
    unknown > 0 ? `${unknown} not known` : undefined,
    `${ok} well`,
    skipped > 0 ? `${skipped} not looked at` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}
