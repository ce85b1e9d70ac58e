/** ETag, If-Match and If-None-Match (RFC 9110, section 13) from a resource's integer version. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { PreconditionFailed, PreconditionRequired } from '../errors.ts';

export function etag(version: number): string {
  return `"${version}"`;
}

const EntityTags = Type.String({ description: 'The ETag that was read, or *', examples: ['"3"'] });

/** Document the header; `requireMatch` and `checkMatch` check it, after existence. */
export const IfMatch = Type.Object({ 'if-match': EntityTags });
export const OptionalIfMatch = Type.Object({ 'if-match': Type.Optional(EntityTags) });
export const IfNoneMatch = Type.Object({
  'if-none-match': Type.Optional(
    Type.String({
      description: 'Answers 304 when it is still the present ETag',
      examples: ['"3"'],
    }),
  ),
});

/** @throws PreconditionRequired without If-Match, PreconditionFailed with a stale one */
export function requireMatch(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined) throw new PreconditionRequired();
  checkMatch(ifMatch, version);
}

/** @throws PreconditionFailed with a stale If-Match */
export function checkMatch(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  // Strong comparison: a weak tag never matches.
  if (!tags(ifMatch).includes(etag(version))) throw new PreconditionFailed();
}

/** Sets the ETag; true when the client has this version already and 304 is the answer. */
export function notModified(
  request: FastifyRequest,
  reply: FastifyReply,
  version: number,
): boolean {
  reply.header('etag', etag(version));
  const known = request.headers['if-none-match'];
  if (known === undefined) return false;
  // Weak comparison: W/ does not count.
  const strong = tags(known).map((tag) => tag.replace(/^W\//, ''));
  return known.trim() === '*' || strong.includes(etag(version));
}

function tags(field: string): string[] {
  return field.split(',').map((tag) => tag.trim());
}
