/** Faults that are tried in a rehearsal, and what is promised for each; docs/reliability.md has them. */

interface Row {
  readonly fault: string;
  readonly outcome: string;
}

export const FAULTS = {
  twoReleases: {
    fault: 'two releases at once',
    outcome: 'the second is refused, with who holds the lock and since when',
  },
  killedRelease: {
    fault: 'a release killed after its migration and before the service',
    outcome: 'the old version serves on; nothing is half exchanged',
  },
  keptLock: {
    fault: 'the lock that it leaves',
    outcome: 'the next release names it, and npm run unlock frees it',
  },
  expiredKeys: {
    fault: 'credentials that expire half-way through a release',
    outcome: 'it ends with how to sign in again, and the old version serves on',
  },
  statesUnreachable: {
    fault: 'the bucket of states out of reach when a release begins',
    outcome: 'it ends before anything is changed',
  },
  stateUnwritten: {
    fault: 'the bucket of states away in the middle of an apply',
    outcome: 'the state is kept on this machine, and the message says how to push it',
  },
  afterAll: {
    fault: 'a release after all of these',
    outcome: 'works as ever',
  },
  imageGone: {
    fault: 'an image that is wanted again was deleted from the registry',
    outcome: 'the rollback is refused with its digest, before anything is changed',
  },
  contraction: {
    fault: 'a rollback across a migration that was released with --contract',
    outcome: 'it is refused: the older build could not work; the release itself loses no request',
  },
  restoreTooEarly: {
    fault: 'a restore of a time before the database existed',
    outcome: 'it is refused, with the times that can be restored',
  },
  wrongClock: {
    fault: 'a clock that is ten minutes wrong',
    outcome: 'doctor tells; commands set their time by AWS and work',
  },
  secretsAway: {
    fault: 'the secret store away for 30 s, and a task lost meanwhile',
    outcome: 'the other task serves on; a new one comes when the store is back',
  },
  rotationKilled: {
    fault: 'a rotation killed between its two steps',
    outcome: 'the command says so; the secret names a login that works',
  },
  rotationRepaired: {
    fault: 'the next rotation after that',
    outcome: 'makes good what the killed one left',
  },
} as const satisfies Record<string, Row>;

export type FaultName = keyof typeof FAULTS;
