/** A way out cannot be tried here, and that is nobody's fault: the message says what is missing. */
export class OutOfReach extends Error {
  override readonly name = 'OutOfReach';
}
