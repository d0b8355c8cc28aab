/** The constraints of a Smithy model that clients do not carry, so that the server has to know them. */
interface Constraint {
  required?: boolean;
  length?: readonly [min: number, max: number];
  range?: readonly [min: number, max: number];
  /** The whole value has to match. */
  pattern?: string;
  values?: readonly string[];
}

export type Constrained = readonly [member: string, value: unknown, constraint: Constraint];

/**
 * The sentence with which most AWS services refuse malformed members, or undefined when all is well:
 * `1 validation error detected: Value 'x' at 'member' failed to satisfy constraint: …`.
 * `quote: false` leaves the value out, as IAM does.
 */
export function violation(members: readonly Constrained[], { quote = true } = {}): string | undefined {
  const complaints = members.flatMap(([member, value, constraint]) => {
    const broken = brokenConstraint(value, constraint);
    if (broken === undefined) return [];
    const shown = value === undefined ? ' null' : quote ? ` '${value}'` : '';
    return [`Value${shown} at '${member}' failed to satisfy constraint: ${broken}`];
  });
  if (complaints.length === 0) return undefined;
  return `${complaints.length} validation error${complaints.length > 1 ? 's' : ''} detected: ${complaints.join('; ')}`;
}

function brokenConstraint(
  value: unknown,
  { required, length, range, pattern, values }: Constraint,
): string | undefined {
  if (value === undefined || value === null) return required ? 'Member must not be null' : undefined;
  const size = typeof value === 'string' || Array.isArray(value) ? value.length : 0;
  if (length && size < length[0]) return `Member must have length greater than or equal to ${length[0]}`;
  if (length && size > length[1]) return `Member must have length less than or equal to ${length[1]}`;
  if (range && Number(value) < range[0]) return `Member must have value greater than or equal to ${range[0]}`;
  if (range && Number(value) > range[1]) return `Member must have value less than or equal to ${range[1]}`;
  if (pattern && !new RegExp(`^(?:${pattern})$`, 'u').test(String(value)))
    return `Member must satisfy regular expression pattern: ${pattern}`;
  if (values && !values.includes(String(value))) return `Member must satisfy enum value set: [${values.join(', ')}]`;
  return undefined;
}
