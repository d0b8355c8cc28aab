import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';

// The thread of the validator: starts its engine, then judges one template after the other, as they come.

/** The part of the bundled validator that is used here; aws-cdk-lib carries it without types of its own. */
interface Validator {
  CelEngine: new (config: object) => { validateTemplate(template: object): { diagnostics: Diagnostic[] } };
  TemplateContent: new (content: string, name: string) => object;
}

export interface Diagnostic {
  ruleId: string;
  severity: 'FATAL' | 'ERROR' | 'WARN' | 'INFO' | 'DEBUG';
  message: string;
  suggestedFix?: string;
  entity?: { logicalId?: string };
  propertyPath?: string;
}

export interface ValidatorQuestion {
  id: number;
  name: string;
  text: string;
}

/** What is said of a template, or why nothing could be. */
export type ValidatorAnswer = { id: number } & ({ diagnostics: Diagnostic[] } | { error: string });

const require = createRequire(import.meta.url);
const { CelEngine, TemplateContent } = createRequire(require.resolve('aws-cdk-lib/package.json'))(
  '@aws/cloudformation-validate',
) as Validator;
const engine = new CelEngine({});

parentPort!.on('message', ({ id, name, text }: ValidatorQuestion) => parentPort!.postMessage(answer(id, name, text)));

function answer(id: number, name: string, text: string): ValidatorAnswer {
  try {
    const { diagnostics } = engine.validateTemplate(new TemplateContent(text, name));
    return {
      id,
      diagnostics: diagnostics.map(({ ruleId, severity, message, suggestedFix, entity, propertyPath }) => ({
        ruleId,
        severity,
        message,
        ...(suggestedFix ? { suggestedFix } : {}),
        ...(entity?.logicalId === undefined ? {} : { entity: { logicalId: entity.logicalId } }),
        ...(propertyPath === undefined ? {} : { propertyPath }),
      })),
    };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
