/** `/problems`: what each error means, for the people who meet it. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { RouteNotFound } from '../errors.ts';
import { catalogue, kebabCase, problemType, type ProblemKind } from '../problem.ts';

const Html = { content: { 'text/html': { schema: Type.String() } } };

export function problemPages(app: FastifyInstance): void {
  app.get(
    '/problems',
    {
      schema: {
        operationId: 'listProblems',
        summary: 'Every error code',
        tags: ['errors'],
        response: { 200: { description: 'A page', ...Html } },
      },
    },
    (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(page('Errors', catalogue.map(entry).join('\n'))),
  );
  app.get(
    '/problems/:code',
    {
      schema: {
        operationId: 'explainProblem',
        summary: 'What an error means and what to do about it',
        tags: ['errors'],
        params: Type.Object({ code: Type.String({ examples: ['out-of-stock'] }) }),
        response: { 200: { description: 'A page', ...Html } },
        problems: [RouteNotFound],
      },
    },
    (request, reply) => {
      const { code } = request.params as { code: string };
      const kind = catalogue.find((candidate) => kebabCase(candidate.code) === code);
      if (kind === undefined) throw new RouteNotFound(`No error is called ${code}.`);
      return reply.type('text/html; charset=utf-8').send(page(kind.title, entry(kind)));
    },
  );
}

function entry(kind: ProblemKind): string {
  const { code, status, title, help } = kind;
  return `<section><h2><a href="${problemType(kind)}">${code}</a></h2>
<p><strong>${status}</strong> ${escape(title)}</p><p>${escape(help)}</p></section>`;
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>
<meta name="viewport" content="width=device-width"></head><body>${body}</body></html>\n`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
