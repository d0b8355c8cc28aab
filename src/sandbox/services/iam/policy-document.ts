import { isConditionOperator } from './conditions.ts';
import { malformedPolicy } from './refusals.ts';

/** Elements of a statement: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
  'Principal',
  'NotPrincipal',
]);

// biome-ignore lint/suspicious/noExplicitAny: the document is what the caller sent; this is where it is looked at
type Json = any;

/** Parses a policy and refuses what the grammar of every policy refuses; answers with its statements. */
export function parsePolicy(document: string, invalidJson = 'Syntax errors in policy.'): Json[] {
  let policy: Json;
  try {
    policy = JSON.parse(document);
  } catch {
    throw malformedPolicy(invalidJson);
  }
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) throw malformedPolicy(SYNTAX);
  if (Object.keys(policy).some((key) => !['Version', 'Id', 'Statement'].includes(key))) throw malformedPolicy(SYNTAX);
  if (policy.Version !== undefined && !['2012-10-17', '2008-10-17'].includes(policy.Version))
    throw malformedPolicy(SYNTAX);

  const statements = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
  for (const statement of statements) checkStatement(statement);
  const sids = statements.map(({ Sid }: Json) => Sid).filter((sid: Json) => sid !== undefined && sid !== '');
  if (new Set(sids).size < sids.length) throw malformedPolicy('Statement IDs (SID) in a single policy must be unique.');
  return statements;
}

const SYNTAX = 'Syntax errors in policy.';

function checkStatement(statement: Json): void {
  if (typeof statement !== 'object' || statement === null || Array.isArray(statement)) throw malformedPolicy(SYNTAX);
  if (Object.keys(statement).some((key) => !ELEMENTS.has(key))) throw malformedPolicy(SYNTAX);
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw malformedPolicy(SYNTAX);
  for (const [one, other] of [
    ['Action', 'NotAction'],
    ['Resource', 'NotResource'],
    ['Principal', 'NotPrincipal'],
  ] as const)
    if (one in statement && other in statement) throw malformedPolicy(SYNTAX);
  for (const element of ['Action', 'NotAction', 'Resource', 'NotResource'])
    if (element in statement && !isTextOrTexts(statement[element])) throw malformedPolicy(SYNTAX);
  checkConditions(statement.Condition);
}

const isTextOrTexts = (value: Json): boolean =>
  typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));

function checkConditions(condition: Json): void {
  if (condition === undefined) return;
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) throw malformedPolicy(SYNTAX);
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isConditionOperator(operator)) throw malformedPolicy(`Unknown condition type ${operator}`);
    if (typeof keys !== 'object' || keys === null || Array.isArray(keys)) throw malformedPolicy(SYNTAX);
  }
}
