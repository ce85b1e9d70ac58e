import { add, refusalOf } from '../testing/refusal.ts';
import { tlsDoor } from './tls-door.ts';

const forward = { default_action: [{ type: 'forward' }] };
const redirect = { default_action: [{ type: 'redirect', redirect: { protocol: 'HTTPS' } }] };

interface Settings {
  readonly internal?: boolean;
  readonly production?: boolean;
  readonly address?: object;
  /** An action of a rule of the listener. */
  readonly action?: string;
}

function refusal(listener: object, settings: Settings = {}): string {
  const { internal = false, production = false, address = {}, action } = settings;
  return refusalOf(tlsDoor, (stack) => {
    Object.assign(stack, { place: { production, door: { address } } });
    add(stack, 'aws_lb', 'balancer', { internal });
    add(stack, 'aws_lb_listener', 'it', {
      load_balancer_arn: '${aws_lb.balancer.arn}',
      ...listener,
    });
    if (action === undefined) return;
    const listener_arn = '${aws_lb_listener.it.arn}';
    add(stack, 'aws_lb_listener_rule', 'rule', { listener_arn, action: [{ type: action }] });
  });
}

const exposed = { plainHttpExposesTokens: true };

test.each([
  undefined,
  'ELBSecurityPolicy-2016-08',
  'ELBSecurityPolicy-TLS13-1-0-2021-06',
  'ELBSecurityPolicy-FS-1-1-2019-08',
])('refuses TLS by the policy %s', (ssl_policy) => {
  expect(refusal({ ...forward, protocol: 'HTTPS', ssl_policy })).toContain(
    '[stack/it] aws_lb_listener takes TLS older than 1.2: set sslPolicy to one of ELBSecurityPolicy-TLS13-1-2-…',
  );
});

test.each([
  'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
  'ELBSecurityPolicy-TLS13-1-3-2021-06',
  'ELBSecurityPolicy-FS-1-2-Res-2020-10',
])('keeps TLS by the policy %s', (ssl_policy) => {
  expect(refusal({ ...forward, protocol: 'HTTPS', ssl_policy })).toBe('');
});

test.each<readonly [string, object, Settings]>([
  ['a listener that answers', forward, {}],
  [
    'a redirect to HTTP',
    { default_action: [{ type: 'redirect', redirect: { protocol: 'HTTP' } }] },
    {},
  ],
  ['what production says may be read', forward, { address: exposed, production: true }],
  ['a rule that answers', redirect, { action: 'forward' }],
])('refuses without TLS %s', (_, listener, settings) => {
  expect(refusal({ ...listener, protocol: 'HTTP' }, settings)).toContain(
    'answers without TLS: redirect to HTTPS',
  );
});

test.each<readonly [string, object, Settings]>([
  ['a redirect to HTTPS', redirect, {}],
  ['what an environment says may be read', forward, { address: exposed, action: 'forward' }],
  ['what is not public', forward, { internal: true }],
  ['a rule that does not answer', redirect, { action: 'redirect' }],
])('keeps without TLS %s', (_, listener, settings) => {
  expect(refusal({ ...listener, protocol: 'HTTP' }, settings)).toBe('');
});
