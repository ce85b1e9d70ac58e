/**
 * What checks requests and writes answers is compiled from the schemas of the routes: a third of the
 * time that a start took. So each is made when it is first needed, or soon after the start.
 */
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { setImmediate as turn } from 'node:timers/promises';
import { type RouteSchema, validatorOf } from './validation.ts';

type Factories = NonNullable<
  NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']
>;

export class Compilers {
  readonly #pending = new Set<() => unknown>();

  /** Part of Fastify's options. */
  readonly schemaController: { readonly compilersFactory: Factories } = {
    compilersFactory: {
      buildSerializer: (shared, options) => {
        const compile = SerializerSelector()(shared, options);
        return (route) => {
          const write = this.#later(() => compile(route));
          return (answer: unknown) => write()(answer);
        };
      },
    },
  };

  checkRequestsOf(app: FastifyInstance): void {
    app.setValidatorCompiler((route: RouteSchema) => validatorOf(route, this.#later));
  }

  /** Makes what is left, one at a turn of the event loop: requests come in between. */
  async finish(): Promise<void> {
    for (const make of this.#pending) {
      make();
      await turn();
    }
  }

  /** @returns what gives the thing, made once */
  readonly #later = <Made>(make: () => Made): (() => Made) => {
    let made: { readonly it: Made } | undefined;
    const first = () => {
      this.#pending.delete(get);
      made = { it: make() };
      return made;
    };
    const get = () => (made ?? first()).it;
    this.#pending.add(get);
    return get;
  };
}
