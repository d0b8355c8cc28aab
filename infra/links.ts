import { createHash } from 'node:crypto';
import type { IResolvable, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { core } from './aws-cdk.ts';
import { pascal } from './names.ts';
import type { ParameterSource, StackId, StackWiring } from './wiring.ts';

/**
 * The ways into and out of one stack: what it is given becomes a CloudFormation parameter, what it tells an output, and
 * both are written down for the CLI, which carries the values from stack to stack.
 */
export class Links {
  readonly #given: Construct;
  readonly #told: Construct;
  readonly #wiring: StackWiring;
  readonly #values = new Map<string, string>();
  readonly #own = new Map<string, string>();

  constructor(stack: Stack, id: StackId, traits: { stateful: boolean }) {
    // Scopes of their own, in lower case as no block's is: no block can then meet a parameter or an output.
    this.#given = new Construct(stack, 'given');
    this.#told = new Construct(stack, 'told');
    this.#wiring = {
      id,
      stackName: stack.stackName,
      account: stack.account,
      region: stack.region,
      after: [],
      stateful: traits.stateful,
      parameters: {},
      outputs: [],
    };
  }

  /** Another stack's output; of this stack itself the value behind it, which has to be told before. */
  from(stack: StackId, output: string): string {
    const own = stack === this.#wiring.id ? this.#own.get(output) : undefined;
    if (own !== undefined) return own;
    this.waitFor(stack);
    return this.#take(`${pascal(stack)}${output}`, { from: 'stack', stack, output });
  }

  /** `<repository>@sha256:…` of a component. */
  image(service: string): string {
    return this.#take(`Image${pascal(service)}`, { from: 'image', service });
  }

  state(name: string, key: string): string {
    return this.#take(name, { from: 'state', key });
  }

  /** Full ARN of a secret that exists. */
  secretArn(name: string, secretName: string): string {
    return this.#take(`SecretArn${pascal(name)}`, { from: 'secret', secretName });
  }

  shared(prefix: string, name: string): string {
    const id = name.split('/').map(pascal).join('');
    return this.#take(`Shared${id}`, { from: 'shared', parameter: `${prefix}/${name}` });
  }

  /** A text as it may stand in a template, which CloudFormation keeps in ASCII: anything beyond travels as a parameter. */
  text(literal: string): string {
    if (/^[\x20-\x7e\t\n\r]*$/.test(literal)) return literal;
    const name = `Text${createHash('sha256').update(literal).digest('hex').slice(0, 8)}`;
    return this.#take(name, { from: 'value', value: literal });
  }

  /** A value for the first deployment only; no value for every later one. */
  first(name: string, value: string): IResolvable {
    const parameter = this.#take(name, { from: 'first', value });
    const condition = new core.CfnCondition(this.#given, `Has${name}`, {
      expression: core.Fn.conditionNot(core.Fn.conditionEquals(parameter, '')),
    });
    condition.overrideLogicalId(`Has${name}`);
    return core.Fn.conditionIf(condition.logicalId, parameter, core.Aws.NO_VALUE);
  }

  /** Percent of the requests, as ECS has moved them by now; `first` of a rule that is new. */
  traffic(name: string, first: string): string {
    return this.#take(name, { from: 'traffic', first });
  }

  /** Changes with the values behind these parameters of this stack; the empty text where there are none. */
  fingerprint(name: string, of: readonly string[]): string {
    return of.length === 0 ? '' : this.#take(`Fingerprint${name}`, { from: 'fingerprint', of: [...of].sort() });
  }

  /** Whether the stack is given a parameter of this name. */
  gives(name: string): boolean {
    return this.#values.has(name);
  }

  /** States an order without a value, as when a role must have its rights before a task uses them. */
  waitFor(stack: StackId): void {
    if (!this.#wiring.after.includes(stack)) this.#wiring.after.push(stack);
  }

  tell(output: string, value: string): void {
    new core.CfnOutput(this.#told, output, { value }).overrideLogicalId(output);
    this.#wiring.outputs.push(output);
    this.#own.set(output, value);
  }

  /** Several values in one output; the CLI takes them apart, so that others take each by its own name. */
  tellTogether(output: string, between: string, values: Readonly<Record<string, string>>): void {
    const value = core.Fn.join(between, Object.values(values));
    new core.CfnOutput(this.#told, output, { value }).overrideLogicalId(output);
    for (const [name, one] of Object.entries(values)) {
      this.#wiring.outputs.push(name);
      this.#own.set(name, one);
    }
  }

  wiring(): StackWiring {
    return { ...this.#wiring, after: [...this.#wiring.after].sort(), outputs: [...this.#wiring.outputs].sort() };
  }

  /** Each value is one parameter, however often it is used. */
  #take(name: string, source: ParameterSource): string {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const parameter = new core.CfnParameter(this.#given, name, { type: 'String' });
    parameter.overrideLogicalId(name);
    const value = parameter.valueAsString;
    this.#values.set(name, value);
    this.#wiring.parameters[name] = source;
    return value;
  }
}
