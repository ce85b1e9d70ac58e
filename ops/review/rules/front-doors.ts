/** Listeners and what guards them. */
import type { PlannedChange } from '../change.ts';
import type { Rule } from '../rule.ts';
import { byAttribute, under } from './by-attribute.ts';
import { byType } from './by-type.ts';
import { differencesAt, listed, member } from './differences.ts';

const LISTENERS = ['aws_alb_listener', 'aws_lb_listener'] as const;
const BALANCERS = new Set(['aws_alb', 'aws_lb']);

const listenerMade: Rule = {
  id: 'listener-made',
  rank: 'exposure',
  types: new Set(LISTENERS),
  judge({ action, after }, all) {
    if (action !== 'create' || isInside(all) || redirects(after)) return [];
    const { port, protocol } = after;
    const isPlain = protocol === 'HTTP';
    return [
      {
        what: `answers at port ${String(port)}${isPlain ? ', in plain text' : ''}`,
        why: isPlain
          ? 'Whoever is on the way reads passwords and all else; a listener for HTTP is to redirect.'
          : 'A door that did not exist: what it forwards has to be ready for strangers.',
        path: ['port'],
      },
    ];
  },
};

/** Where all balancers of the plans are for the network only, their listeners are too. */
function isInside(all: readonly PlannedChange[]): boolean {
  const made = all.filter(({ type, action }) => BALANCERS.has(type) && action === 'create');
  return made.length > 0 && made.every(({ after }) => after['internal'] === true);
}

function redirects(after: PlannedChange['after']): boolean {
  return listed(after['default_action']).every((action) => member(action, 'type') === 'redirect');
}

const plainText: Rule = {
  id: 'plain-text',
  rank: 'exposure',
  types: new Set(LISTENERS),
  judge(change) {
    const { action, before, after } = change;
    const wasPlain = before['protocol'] === 'HTTP' && !redirects(before);
    const isPlain = after['protocol'] === 'HTTP' && !redirects(after);
    if (action === 'create' || wasPlain || !isPlain) return [];
    return [
      {
        what: 'answers in plain text',
        why: 'Whoever is on the way reads passwords and all else; a listener for HTTP is to redirect.',
        path: ['default_action', 0, 'type'],
      },
    ];
  },
};

/** Those that take TLS 1.0 or 1.1. */
const OLD_TLS =
  /^(ELBSecurityPolicy-(2015-05|2016-08|TLS-1-0-|TLS-1-1-|TLS13-1-[01]-|FS-(2018-06|1-1-))|TLSv1(\.1)?(_20\d\d)?$|TLS_1_[01]$|SSLv3)/;

const weakerTls = byAttribute({
  id: 'weaker-tls',
  rank: 'exposure',
  at: {
    ...under(LISTENERS, 'ssl_policy'),
    aws_api_gateway_domain_name: ['security_policy'],
    aws_cloudfront_distribution: ['viewer_certificate.minimum_protocol_version'],
  },
  when: ({ before, after }) =>
    after !== undefined && isOldTls(after) && before !== undefined && !isOldTls(before),
  what: 'accepts TLS 1.0 or 1.1 again',
  why: 'Both are broken: whoever is on the way may read along.',
});

function isOldTls(policy: unknown): boolean {
  return OLD_TLS.test(String(policy));
}

const firewallGone = byType({
  id: 'firewall-gone',
  rank: 'exposure',
  on: ['destroy'],
  what: 'is destroyed',
  why: {
    aws_networkfirewall_firewall: 'Nothing filters what comes and goes any more.',
    aws_shield_protection: 'Nothing holds off floods of requests any more.',
    aws_wafv2_web_acl: 'Requests are not filtered any more.',
    aws_wafv2_web_acl_association: 'Requests arrive without being filtered.',
    aws_wafregional_web_acl_association: 'Requests arrive without being filtered.',
  },
});

const COUNTS = 'A rule that only counts lets pass what it was made to stop.';

const firewallWeaker: Rule = {
  id: 'firewall-weaker',
  rank: 'exposure',
  types: new Set(['aws_cloudfront_distribution', 'aws_wafv2_rule_group', 'aws_wafv2_web_acl']),
  judge(change) {
    if (change.action !== 'update') return [];
    const lets = differencesAt(change, 'default_action.allow').filter(begins);
    const leaves = differencesAt(change, 'web_acl_id').filter(
      ({ before, after }) => (before ?? '') !== '' && (after ?? '') === '',
    );
    return [
      ...lets.map(({ path }) => ({
        what: 'lets pass whatever no rule stops',
        why: 'Until now only what a rule allowed could pass.',
        path,
      })),
      ...leaves.map(({ path }) => ({
        what: 'has no firewall any more',
        why: 'Requests arrive without being filtered.',
        path,
      })),
      ...rulesWeaker(change),
    ];
  },
};

function rulesWeaker(change: PlannedChange) {
  const [old, young] = [listed(change.before['rule']), listed(change.after['rule'])];
  return old.flatMap((rule) => {
    const name = String(member(rule, 'name'));
    const twin = young.find((each) => member(each, 'name') === name);
    if (change.unknown['rule'] === true) return [];
    if (twin === undefined) {
      const why = 'What the rule stopped can pass.';
      return [{ what: `loses the rule ${name}`, why, path: ['rule'] }];
    }
    if (!counts(twin) || counts(rule)) return [];
    return [{ what: `only counts by the rule ${name}`, why: COUNTS, path: ['rule'] }];
  });
}

function counts(rule: unknown): boolean {
  return ['action', 'override_action'].some((name) =>
    listed(member(rule, name)).some((action) => listed(member(action, 'count')).length > 0),
  );
}

function begins({ before, after }: { readonly before: unknown; readonly after: unknown }): boolean {
  return before === undefined && after !== undefined;
}

export const FRONT_DOORS: readonly Rule[] = [
  listenerMade,
  plainText,
  weakerTls,
  firewallGone,
  firewallWeaker,
];
