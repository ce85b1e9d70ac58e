/** It cannot go on: the sentence says why, and what whoever reads it can do. */
export class Refusal extends Error {
  override readonly name: string = 'Refusal';
}

/** It was asked for something that there is not. */
export class WrongUse extends Refusal {
  override readonly name = 'WrongUse';
}
