/** Preloaded into a service: the time that it gives to slow clients is a tenth of what it is. */
import { Server } from 'node:http';

const TENTH = 10;
const listen = Reflect.get(Server.prototype, 'listen') as (...args: unknown[]) => Server;

// All limits are set by then, and nothing was measured against them.
Server.prototype.listen = function hurried(this: Server, ...args: unknown[]) {
  this.headersTimeout /= TENTH;
  this.requestTimeout /= TENTH;
  const looks = this as unknown as { connectionsCheckingInterval: number };
  looks.connectionsCheckingInterval /= TENTH;
  return Reflect.apply(listen, this, args);
};
