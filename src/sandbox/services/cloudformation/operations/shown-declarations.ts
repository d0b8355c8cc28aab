import type { ParameterDeclaration as ShownDeclaration } from '@aws-sdk/client-cloudformation';
import { isNoEcho } from '../template/parameter-values.ts';
import type { Template } from '../template/template.ts';

/** The parameters a template declares, as `ValidateTemplate` and, with constraints, `GetTemplateSummary` show them. */
export function shownDeclarations(
  { Parameters = {} }: Template,
  { constraints }: { constraints: boolean },
): ShownDeclaration[] {
  return Object.entries(Parameters).map(([key, declaration]) => ({
    ParameterKey: key,
    ...(declaration.Default === undefined ? {} : { DefaultValue: String(declaration.Default) }),
    ...(constraints ? { ParameterType: declaration.Type } : {}),
    NoEcho: isNoEcho(declaration),
    ...(declaration.Description === undefined ? {} : { Description: declaration.Description }),
    ...(constraints
      ? {
          ParameterConstraints: declaration.AllowedValues
            ? { AllowedValues: declaration.AllowedValues.map(String) }
            : {},
        }
      : {}),
  }));
}
