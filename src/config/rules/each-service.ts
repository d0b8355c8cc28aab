import type { Service } from '../blocks/service.ts';
import type { ValuePath } from '../value-path.ts';
import type { Finding, RuleContext } from './rule.ts';

export type Said = [field: ValuePath, message: string, remedy: string];

/** A rule that looks at one service after the other. */
export const eachService = (say: (service: Service, context: RuleContext) => Iterable<Said>) =>
  function* (context: RuleContext): Iterable<Finding> {
    for (const [name, service] of Object.entries(context.blocks.services))
      for (const [field, message, remedy] of say(service, context))
        yield { path: ['services', name, ...field], message: `services.${name}: ${message}`, remedy };
  };

export const when = (wrong: boolean | undefined, ...said: Said): Said[] => (wrong ? [said] : []);
