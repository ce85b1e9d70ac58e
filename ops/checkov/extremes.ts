/**
 * What the code can build and no environment of the table may have: checkov sees that too, and a
 * waiver is not over because its environment was deleted.
 */
import type { Settings } from '../../stacks/settings.ts';

/** For trying out: without TLS, standby, logs of access and protection; with pages and NAT. */
export function openStore(settings: Settings): Settings {
  const { network, identity, database, door, github: _, ...others } = settings;
  return {
    ...others,
    production: false,
    dataMayBeLost: true,
    network: { ...network, egress: 'nat-single' },
    identity: { ...identity, loginPages: true },
    database: { ...database, multiAz: false },
    door: { ...door, address: { plainHttpExposesTokens: true }, accessLogDays: 0 },
  };
}

/** Everything that can be had: TLS, standby, logs of access, protection, endpoints, pipelines. */
export function closedStore(settings: Settings): Settings {
  const { network, identity, database, door, accountId, region } = settings;
  const domainName = 'store.example.com';
  return {
    ...settings,
    production: false,
    dataMayBeLost: false,
    network: { ...network, egress: 'endpoints' },
    identity: {
      ...identity,
      loginPages: false,
      threatProtection: true,
      email: {
        from: `no-reply@${domainName}`,
        sesIdentityArn: `arn:aws:ses:${region}:${accountId}:identity/${domainName}`,
      },
    },
    database: { ...database, multiAz: true },
    door: { ...door, address: { domainName, zoneId: 'Z00000000000000000000' }, accessLogDays: 90 },
    github: { repository: 'octo-org/store', ownerId: '1', repositoryId: '1', provider: 'create' },
  };
}
