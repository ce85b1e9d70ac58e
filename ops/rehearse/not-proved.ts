/** What a green rehearsal does not say: the emulator has none of it, or does not enforce it. */
interface NotProved {
  readonly what: string;
  /** What the emulator does instead. */
  readonly because: string;
}

export const NOT_PROVED: readonly NotProved[] = [
  {
    what: 'Security groups, network ACLs, routes, NAT, endpoints',
    because: 'they are recorded; every container reaches every other one and the emulator',
  },
  {
    what: 'The web firewall',
    because: 'its rules are recorded; no request is ever held against them',
  },
  {
    what: 'TLS at the front door, certificates, DNS',
    because: 'the balancer answers plain HTTP at an address of this machine',
  },
  {
    what: 'Scaling',
    because: 'policies are recorded; nothing measures load, nothing starts or ends tasks for it',
  },
  {
    what: 'Fargate: capacity, Spot, the processor architecture, CPU limits, several zones',
    because: "tasks are containers of this machine, in its architecture, on this machine's kernel",
  },
  {
    what: 'RDS: storage, backups, snapshots, failover, maintenance, insights, parameters',
    because:
      'the database is one PostgreSQL container of the same major version, with its defaults',
  },
  {
    what: "Amazon's certificates",
    because: "TLS to the database is verified against the emulator's own authority (DATABASE_CA)",
  },
  {
    what: 'Encryption at rest, key policies in depth',
    because:
      'who reads or writes a file or a secret is asked about its key; nothing is encrypted with it, and no service uses a key by itself',
  },
  {
    what: 'Least privilege of what AWS does for somebody: Scheduler, flow logs, service-linked roles',
    because:
      'nothing takes on their roles here, and no call is made for others: grants of keys, log delivery, alarms of scaling',
  },
  {
    what: 'That a role may push images',
    because: 'the registry lets everybody push; who asks for a login and for layers is checked',
  },
  {
    what: 'That buckets refuse what comes without TLS',
    because: 'the emulator speaks plain HTTP, and counts every request as encrypted',
  },
  {
    what: 'Bucket policies against Terraform, quotas, throttling, eventual consistency',
    because: 'the emulator answers at once, and never that there is too much',
  },
  {
    what: 'Schedules, alarms, flow logs, access logs, mails to people',
    because: 'they are recorded; the rotation is started by hand, nothing is delivered',
  },
  {
    what: 'How long anything takes on AWS, and what it costs',
    because:
      'a database is there in a minute, health is asked more often, grace periods are shorter',
  },
];
