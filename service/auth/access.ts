/** Who may use a route: the rows of the contract's table. */
import type { Principal, Scope } from './principal.ts';

export interface Access {
  /** Without a credential too. A bad credential is refused all the same. */
  readonly anyone?: boolean;
  readonly customers?: boolean;
  readonly admins?: boolean;
  /** Machines whose key has this scope. */
  readonly machines?: Scope;
}

export const anyone: Access = { anyone: true };
export const people: Access = { customers: true, admins: true };
export const admins: Access = { admins: true };
export const staff = (scope: Scope): Access => ({ admins: true, machines: scope });
export const peopleAnd = (scope: Scope): Access => ({ ...people, machines: scope });

export function permits(access: Access, principal: Principal): boolean {
  if (access.anyone === true) return true;
  if (principal.kind === 'machine') {
    return access.machines !== undefined && principal.scopes.includes(access.machines);
  }
  return (principal.kind === 'admin' ? access.admins : access.customers) === true;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Required below /v1: a route that says nothing does not start. */
    access?: Access;
  }
}
