/** What a request is refused with; each peer makes an answer of it in its own way. */
export class Refused extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
  }
}
