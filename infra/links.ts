import type { Stack } from 'aws-cdk-lib/core';
import { core } from './aws-cdk.ts';
import { pascal } from './names.ts';
import type { ParameterSource, StackId, StackWiring } from './wiring.ts';

/**
 * The ways into and out of one stack: what it is given becomes a CloudFormation parameter, what it tells an output, and
 * both are written down for the CLI, which carries the values from stack to stack.
 */
export class Links {
  readonly #stack: Stack;
  readonly #wiring: StackWiring;
  readonly #values = new Map<string, string>();

  constructor(stack: Stack, id: StackId, traits: { stateful: boolean }) {
    this.#stack = stack;
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

  /** Another stack's output. */
  from(stack: StackId, output: string): string {
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

  /** States an order without a value, as when a role must have its rights before a task uses them. */
  waitFor(stack: StackId): void {
    if (!this.#wiring.after.includes(stack)) this.#wiring.after.push(stack);
  }

  tell(output: string, value: string): void {
    new core.CfnOutput(this.#stack, output, { value });
    this.#wiring.outputs.push(output);
  }

  wiring(): StackWiring {
    return { ...this.#wiring, after: [...this.#wiring.after].sort(), outputs: [...this.#wiring.outputs].sort() };
  }

  /** Each value is one parameter, however often it is used. */
  #take(name: string, source: ParameterSource): string {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const value = new core.CfnParameter(this.#stack, name, { type: 'String' }).valueAsString;
    this.#values.set(name, value);
    this.#wiring.parameters[name] = source;
    return value;
  }
}
