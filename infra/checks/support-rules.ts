import { type Facts, type Finding, ofType, type TemplateRule } from './template.ts';

/** Enough to test a newer one. */
const WARN_DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * The end of standard support of major versions of PostgreSQL; afterwards RDS Extended Support is charged for each vCPU
 * and hour, or ACU hour. https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 */
const POSTGRES_END: Readonly<Record<string, string>> = {
  '11': '2024-02-29',
  '12': '2025-02-28',
  '13': '2026-02-28',
  '14': '2027-02-28',
  '15': '2028-02-29',
  '16': '2029-02-28',
  '17': '2030-02-28',
};

/** Error once it has passed, warning while there is time to move. */
function ending(id: string, what: string, end: string, { today }: Facts): Finding[] {
  const days = (Date.parse(end) - today.getTime()) / DAY_MS;
  if (days < 0) return [{ id, message: `${what} is out of support since ${end}` }];
  return days < WARN_DAYS ? [{ id, message: `${what} is supported until ${end} only`, severity: 'warning' }] : [];
}

/** What AWS still maintains. */
export const SUPPORT_RULES: readonly TemplateRule[] = [
  {
    id: 'runtime-end',
    title: 'Functions run on a runtime that AWS patches',
    severity: 'error',
    remedy: 'Move to a newer runtime and test it',
    documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
    same: 'function-runtime',
    findings: (template, facts) =>
      ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Runtime }]) => {
        const end = facts.runtimeEnds[String(Runtime)];
        return end === undefined ? [] : ending(id, String(Runtime), end, facts);
      }),
  },
  {
    id: 'edge-runtime-old',
    title: 'CloudFront functions run on the newer runtime',
    severity: 'warning',
    remedy: 'Set Runtime cloudfront-js-2.0',
    documentation:
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-features.html',
    findings: (template) =>
      ofType(template, 'AWS::CloudFront::Function')
        .filter(([, { FunctionConfig }]) => FunctionConfig?.Runtime === 'cloudfront-js-1.0')
        .map(([id]) => ({ id, message: 'cloudfront-js-1.0 has a successor since 2023' })),
  },
  {
    id: 'database-version-end',
    title: 'Databases run a major version in standard support',
    severity: 'warning',
    remedy: 'Move to a newer major version: try it on a restored snapshot first',
    documentation:
      'https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html',
    findings: (template, facts) =>
      ofType(template, 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance')
        .filter(([, { Engine, DBClusterIdentifier }]) => !DBClusterIdentifier && String(Engine).includes('postgres'))
        .flatMap(([id, { EngineVersion }]) => {
          const major = String(EngineVersion).split('.')[0]!;
          const end = POSTGRES_END[major];
          return end === undefined ? [] : ending(id, `PostgreSQL ${major}`, end, facts);
        }),
  },
];
