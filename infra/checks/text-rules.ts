import { listOf, ofType, type Template, type TemplateRule, textsIn } from './template.ts';

/** Name and literal value of every plain variable of every container. */
const variables = (template: Template): { id: string; name: string; value: unknown }[] =>
  ofType(template, 'AWS::ECS::TaskDefinition').flatMap(([id, { ContainerDefinitions }]) =>
    listOf(ContainerDefinitions).flatMap(({ Environment }) =>
      listOf(Environment).map(({ Name, Value }) => ({ id, name: String(Name), value: Value as unknown })),
    ),
  );

const SECRET_NAME = /(?:^|_)(?:PASSWORD|PASSWD|SECRET|SECRET_KEY|TOKEN|API_KEY|PRIVATE_KEY|CREDENTIALS)$/;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const LIMITS = { Resources: 500, Outputs: 200, Parameters: 200 };

export const TEXT_RULES: readonly TemplateRule[] = [
  {
    id: 'template-ascii',
    severity: 'error',
    remedy: 'Write it in ASCII: CloudFormation would answer with question marks in its place',
    findings: (template) =>
      Object.entries(template.Resources ?? {}).flatMap(([id, resource]) =>
        textsIn(resource)
          .filter((text) => /[^\t\n\r\x20-\x7e]/.test(text))
          .slice(0, 1)
          .map((text) => ({ id, message: `${JSON.stringify(text)} is not plain ASCII` })),
      ),
  },
  {
    id: 'template-limits',
    severity: 'error',
    remedy: 'Divide the application: a project of its own for some of its services',
    findings: (template) =>
      Object.entries(LIMITS).flatMap(([part, limit]) => {
        const count = Object.keys(template[part as keyof Template] ?? {}).length;
        return count > limit
          ? [
              {
                id: part,
                message: `The stack would have ${count} ${part.toLowerCase()}, and CloudFormation allows ${limit}`,
              },
            ]
          : [];
      }),
  },
  {
    id: 'parameter-hidden',
    severity: 'error',
    remedy: 'Let secrets travel by their ARN: a hidden parameter cannot be compared with what runs',
    findings: ({ Parameters = {} }) =>
      Object.entries(Parameters)
        .filter(([, { NoEcho }]) => NoEcho)
        .map(([id]) => ({ id, message: 'The parameter hides its value' })),
  },
  {
    id: 'parameter-from-ssm',
    severity: 'error',
    remedy: 'Let the CLI read the value',
    findings: ({ Parameters = {} }) =>
      Object.entries(Parameters)
        .filter(([, { Type }]) => String(Type).startsWith('AWS::SSM::'))
        .map(([id]) => ({ id, message: 'CloudFormation would read its value, so that nobody sees it change' })),
  },
  {
    id: 'secret-resolved',
    severity: 'error',
    remedy: 'Put the variable under `secrets:`',
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
    severity: 'warning',
    remedy: 'Keep it in a secret and name it under `secrets:`',
    findings: (template) =>
      variables(template)
        .filter(({ name, value }) => SECRET_NAME.test(name) && typeof value === 'string' && value !== '')
        .map(({ id, name }) => ({ id, message: `${name} looks like a secret and stands in the template` })),
  },
];
