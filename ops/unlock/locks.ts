/** The locks that a table's stacks and releases can hold, by the names that people know. */
import { loadEnvironments } from '../../stacks/environment-rules.ts';
import type { Account, Environment, Place } from '../../stacks/place.ts';
import { nearestName } from '../../stacks/rules/nearest-name.ts';
import { WrongUse } from '../deployment/refusal.ts';
import type { Table } from '../deployment/synthesis.ts';
import { stackNames } from '../environments/stack-names.ts';
import { lockKey } from '../release/lock.ts';
import { stateLockKeyOf } from '../running/states.ts';

export interface Lock {
  /** The stack's, or `<environment>-release`. */
  readonly name: string;
  readonly kind: 'state' | 'release';
  /** Of the file in the state bucket. */
  readonly key: string;
  readonly place: Place;
  /** One that it belongs to; of an account's the first. */
  readonly environment: Environment;
}

/** @throws SettingsError, WrongUse that names those that there are */
export function findLock(table: Table, name: string): Lock {
  const locks = locksOf(table);
  const found = locks.find((lock) => lock.name === name);
  if (found !== undefined) return found;
  const known = locks.map((lock) => lock.name);
  const nearest = nearestName(name, known);
  const meant = nearest === undefined ? '.' : `, did you mean ${nearest}?`;
  throw new WrongUse(`there is no stack '${name}'${meant} There are ${known.join(', ')}`);
}

/** @throws SettingsError */
export function locksOf(table: Table): Lock[] {
  const environments = loadEnvironments(table, process.env['STORE_STATE_BUCKET']);
  return stackNames(environments).flatMap(({ place, stacks, environments: members }) => {
    const environment = environments.find(({ name }) => name === members[0]) as Environment;
    const locks = stacks.map((name) => stateLock(name, { place, environment }));
    // What is an account's is never released.
    return isAccount(place) ? locks : locks.concat(releaseLock(environment));
  });
}

function stateLock(name: string, of: Pick<Lock, 'place' | 'environment'>): Lock {
  const stack = name.slice(of.place.label.length + 1);
  return { name, kind: 'state', key: stateLockKeyOf(of.place, stack), ...of };
}

function releaseLock(environment: Environment): Lock {
  const key = lockKey(environment);
  const name = `${environment.label}-release`;
  return { name, kind: 'release', key, place: environment, environment };
}

function isAccount(place: Place): place is Account {
  return 'environments' in place;
}
