/** The front door's part of the form: its address and its firewall. */
import { Type } from 'typebox';
import { closed, LogDays } from './setting-kinds.ts';

const FirewallRule = Type.Enum(['rate', 'reputation', 'common', 'bad-inputs', 'sql-injection'], {
  description: "'rate', 'reputation', 'common', 'bad-inputs' or 'sql-injection'",
});

const Domain = Type.Object(
  {
    domainName: Type.String({
      pattern: '^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$',
      description: 'a name in the zone, such as store.example.com',
    }),
    zoneId: Type.String({
      pattern: '^Z[A-Z0-9]{5,31}$',
      description: "the id of the domain's Route 53 zone, such as Z0123456789ABCDEFGHIJ",
    }),
  },
  closed,
);

const PlainHttp = Type.Object(
  {
    plainHttpExposesTokens: Type.Literal(true, {
      description: 'true, as nothing is encrypted; or { domainName, zoneId }',
    }),
  },
  closed,
);

export const Door = Type.Object(
  {
    /** Without a domain there is no TLS: everybody on the way can read tokens and orders. */
    address: Type.Union([Domain, PlainHttp], {
      description: '{ domainName, zoneId } or { plainHttpExposesTokens: true }',
    }),
    /** Each request in a bucket; 0 is off. From a number to 0: docs/deploy.md. */
    accessLogDays: Type.Integer({
      minimum: 0,
      maximum: 3650,
      description: 'days, 0 (off) to 3650',
    }),
    firewall: Type.Object(
      {
        /** For one address. */
        requestsPer5Minutes: Type.Integer({
          minimum: 10,
          maximum: 2_000_000,
          description: 'requests, 10 to 2000000',
        }),
        /** Rules that only count; the others block. */
        countOnly: Type.Array(FirewallRule, { description: "rules, such as ['common'], or []" }),
        logDays: LogDays,
      },
      closed,
    ),
  },
  closed,
);
