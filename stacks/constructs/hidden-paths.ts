import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule/index.js';
import { Construct } from 'constructs';
import { HEALTH_PATH, LIVE_PATH, READY_PATH } from '../../contract.ts';

/** What operators and load balancers ask, in the order of the rules' priorities. */
const HIDDEN = [LIVE_PATH, READY_PATH, HEALTH_PATH];

/**
 * Answers what is for operators with 404, as if it were not there. Exactly these paths: the service
 * itself knows no others near them (`/health/` is 404), and load balancers compare a path after
 * undoing its percent-encoding.
 */
export class HiddenPaths extends Construct {
  constructor(scope: Construct, id: string, { listenerArn }: { readonly listenerArn: string }) {
    super(scope, id);
    for (const [index, path] of HIDDEN.entries()) {
      new LbListenerRule(this, path.slice(1), {
        listenerArn,
        priority: index + 1,
        condition: [{ pathPattern: { values: [path] } }],
        action: [
          {
            type: 'fixed-response',
            fixedResponse: {
              // Load balancers know no application/problem+json.
              contentType: 'application/json',
              statusCode: '404',
              messageBody: JSON.stringify(notFound(path)),
            },
          },
        ],
      });
    }
  }
}

/** Word for word what the service says of a route that does not exist. */
function notFound(path: string) {
  return {
    type: '/problems/route-not-found',
    title: 'No such route',
    status: 404,
    detail: 'The API document lists every route and method.',
    instance: path,
    code: 'ROUTE_NOT_FOUND',
    // No log of the service knows this request.
    requestId: 'none',
  };
}
