import { listOf, ofType, type Template, type TemplateRule, textsIn } from './template.ts';

/** Name and literal value of every plain variable of every container and function. */
const variables = (template: Template): { id: string; name: string; value: unknown }[] => [
  ...ofType(template, 'AWS::ECS::TaskDefinition').flatMap(([id, { ContainerDefinitions }]) =>
    listOf(ContainerDefinitions).flatMap(({ Environment }) =>
      listOf(Environment).map(({ Name, Value }) => ({ id, name: String(Name), value: Value as unknown })),
    ),
  ),
  ...ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Environment }]) =>
    Object.entries(Environment?.Variables ?? {}).map(([name, value]) => ({ id, name, value })),
  ),
];

const SECRET_NAME = /(?:^|_)(?:PASSWORD|PASSWD|SECRET|SECRET_KEY|TOKEN|API_KEY|PRIVATE_KEY|CREDENTIALS)$/;

const namesKey = (template: Template, id: string, name: string): boolean =>
  name.endsWith('_KEY') &&
  variables(template).some((other) => other.id === id && other.name === name.replace(/_KEY$/, '_ARN'));

export const TEXT_RULES: readonly TemplateRule[] = [
  {
    id: 'template-ascii',
    title: 'Templates are plain ASCII',
    severity: 'error',
    remedy: 'Write it in ASCII: CloudFormation would answer with question marks in its place',
    documentation: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html',
    findings: (template) =>
      Object.entries(template.Resources ?? {}).flatMap(([id, resource]) =>
        textsIn(resource)
          .filter((text) => /[^\t\n\r\x20-\x7e]/.test(text))
          .slice(0, 1)
          .map((text) => ({ id, message: `${JSON.stringify(text)} is not plain ASCII` })),
      ),
  },
  {
    id: 'parameter-hidden',
    title: 'No parameter hides its value',
    severity: 'error',
    remedy: 'Let secrets travel by their ARN: a hidden parameter cannot be compared with what runs',
    documentation: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html#creds',
    findings: ({ Parameters = {} }) =>
      Object.entries(Parameters)
        .filter(([, { NoEcho }]) => NoEcho)
        .map(([id]) => ({ id, message: 'The parameter hides its value' })),
  },
  {
    id: 'parameter-from-ssm',
    title: 'No value changes behind the plan',
    severity: 'error',
    remedy: 'Let the CLI read the value',
    documentation:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html',
    findings: ({ Parameters = {} }) =>
      Object.entries(Parameters)
        .filter(([, { Type }]) => String(Type).startsWith('AWS::SSM::'))
        .map(([id]) => ({ id, message: 'CloudFormation would read its value, so that nobody sees it change' })),
  },
  {
    id: 'secret-resolved',
    title: 'Secrets do not become plain variables',
    severity: 'error',
    remedy: 'Put the variable under `secrets:`',
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html',
    findings: (template) =>
      variables(template)
        .filter(({ value }) => textsIn(value).some((text) => text.includes('{{resolve:')))
        .map(({ id, name }) => ({
          id,
          message: `${name} would show a secret to everybody who may read task definitions`,
        })),
  },
  {
    id: 'secret-in-plain-text',
    title: 'No secret stands in a plain variable',
    severity: 'warning',
    remedy: 'Keep it in a secret and name it under `secrets:`',
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html',
    findings: (template) =>
      variables(template)
        .filter(({ name, value }) => SECRET_NAME.test(name) && typeof value === 'string' && value !== '')
        // Beside the ARN of a secret it is the name of a key in it.
        .filter(({ id, name }) => !namesKey(template, id, name))
        .map(({ id, name }) => ({ id, message: `${name} looks like a secret and stands in the template` })),
  },
  {
    id: 'credential-in-template',
    title: 'No template holds what only a credential looks like',
    severity: 'error',
    remedy: 'Keep it in a secret, and replace it where it comes from: whoever may read the stack has seen it',
    documentation: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html#creds',
    // The text itself is not repeated: reports are kept and sent around.
    findings: (template, { holdsCredential }) =>
      Object.entries(template.Resources ?? {}).flatMap(([id, { Properties }]) =>
        textsIn(Properties).some(holdsCredential)
          ? [{ id, message: 'Something that only a credential looks like stands in its properties' }]
          : [],
      ),
  },
];
