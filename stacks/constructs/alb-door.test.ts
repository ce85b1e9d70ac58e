import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { TerraformOutput, Testing } from 'cdktf';
import type { someTable } from '../testing/some-table.ts';
import type { Settings } from '../settings.ts';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf, type Synthesised } from '../testing/synthesise.ts';
import { AlbDoor } from './alb-door.ts';

function doorOf(name: keyof typeof someTable, differences: Partial<Settings> = {}): string {
  return Testing.synthScope((scope) => {
    const door = new AlbDoor(scope, 'door', {
      environment: anEnvironment(name, differences),
      vpcId: 'vpc-1',
      subnetIds: ['subnet-a', 'subnet-b'],
    });
    const { url, requestCountLabel } = door;
    for (const [output, value] of Object.entries({ url, requestCountLabel })) {
      new TerraformOutput(scope, output, { value });
    }
  });
}

const prod = doorOf('prod');
const parsed: Readonly<Record<string, Synthesised>> = {
  dev: JSON.parse(doorOf('dev')),
  prod: JSON.parse(prod),
};

const found = (name: 'dev' | 'prod', type: string) =>
  resourcesOf(parsed[name] as Synthesised, type);
const output = (name: 'dev' | 'prod', key: string) => parsed[name]?.output[key]?.['value'];

const BALANCER = expect.stringMatching(/^\$\{aws_lb\.[^.]+\.arn\}$/);
const FORWARD = {
  type: 'forward',
  target_group_arn: expect.stringMatching(/^\$\{aws_lb_target_group\.[^.]+\.arn\}$/),
};

const listenersOf = (name: 'dev' | 'prod') =>
  found(name, 'aws_lb_listener').toSorted((a, b) => Number(a['port']) - Number(b['port']));

test('faces everybody, over IPv4 and IPv6', () => {
  expect(prod).toHaveResourceWithProperties(Lb, {
    name: 'fargate-store-prod',
    load_balancer_type: 'application',
    internal: false,
    ip_address_type: 'dualstack',
    subnets: ['subnet-a', 'subnet-b'],
    enable_http2: true,
  });
});

test('passes on no doubtful request, and no address but those that proxies saw', () => {
  expect(prod).toHaveResourceWithProperties(Lb, {
    drop_invalid_header_fields: true,
    desync_mitigation_mode: 'defensive',
    xff_header_processing_mode: 'append',
    enable_xff_client_port: false,
  });
});

test('hangs up before the service does, which waits 72 s', () => {
  expect(prod).toHaveResourceWithProperties(Lb, { idle_timeout: 60 });
});

test.each([
  ['dev', false],
  ['staging', true],
  ['prod', true],
] as const)('deletion protection of %s is %s', (name, protectedFromDeletion) => {
  expect(doorOf(name)).toHaveResourceWithProperties(Lb, {
    enable_deletion_protection: protectedFromDeletion,
  });
});

test('with a domain every request is encrypted with TLS 1.2 or 1.3', () => {
  expect(listenersOf('prod')).toEqual([
    {
      load_balancer_arn: BALANCER,
      port: 80,
      protocol: 'HTTP',
      default_action: [
        { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' } },
      ],
    },
    {
      load_balancer_arn: BALANCER,
      port: 443,
      protocol: 'HTTPS',
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      certificate_arn: expect.stringMatching(/aws_acm_certificate_validation\..*certificate_arn/),
      default_action: [FORWARD],
    },
  ]);
});

test('with a domain its name leads here, over IPv4 and IPv6', () => {
  const aliases = found('prod', 'aws_route53_record').filter(({ alias }) => alias);

  const alias = {
    name: expect.stringMatching(/aws_lb\..*dns_name/),
    zone_id: expect.stringMatching(/aws_lb\..*zone_id/),
    evaluate_target_health: false,
  };
  const record = { zone_id: 'Z00000000000000000000', name: 'store.example.com', alias };
  expect(aliases).toEqual([
    { ...record, type: 'A' },
    { ...record, type: 'AAAA' },
  ]);
  expect(output('prod', 'url')).toBe('https://store.example.com');
});

test('without a domain there is plain HTTP and nothing else', () => {
  expect(listenersOf('dev')).toEqual([
    { load_balancer_arn: BALANCER, port: 80, protocol: 'HTTP', default_action: [FORWARD] },
  ]);
  expect(found('dev', 'aws_acm_certificate')).toEqual([]);
  expect(found('dev', 'aws_route53_record')).toEqual([]);
  expect(output('dev', 'url')).toMatch(/^http:\/\/\$\{aws_lb\..*\.dns_name\}$/);
});

test.each([
  ['dev', 80],
  ['prod', 443],
] as const)('the paths of operations are hidden where %s forwards requests', (name, port) => {
  const listeners = Object.entries(parsed[name]?.resource['aws_lb_listener'] ?? {});
  const [forwarding] = listeners.find(([, listener]) => listener['port'] === port) ?? [];

  const hidden = found(name, 'aws_lb_listener_rule').map((rule) => rule['listener_arn']);
  const arn = `\${aws_lb_listener.${forwarding}.arn}`;
  expect(hidden).toEqual([arn, arn, arn]);
});

test.each([
  ['dev', [80]],
  ['prod', [80, 443]],
] as const)('%s lets everybody in on %j and on no other port', (name, ports) => {
  const rules = found(name, 'aws_vpc_security_group_ingress_rule');

  const open = rules
    .map(({ cidr_ipv4, cidr_ipv6, from_port, to_port }) =>
      [cidr_ipv4 ?? cidr_ipv6, from_port, to_port].join(' '),
    )
    .toSorted();
  expect(open).toEqual([
    ...ports.map((port) => `0.0.0.0/0 ${port} ${port}`).toSorted(),
    ...ports.map((port) => `::/0 ${port} ${port}`).toSorted(),
  ]);
  expect(rules.map((rule) => rule['ip_protocol'])).toEqual(rules.map(() => 'tcp'));
});

test('by itself it reaches nothing: the tasks let it in', () => {
  expect(found('prod', 'aws_vpc_security_group_egress_rule')).toEqual([]);
});

test('writes each request down only where its log is wanted', () => {
  expect(found('dev', 'aws_s3_bucket')).toEqual([]);
  const [balancer] = found('prod', 'aws_lb');
  expect(balancer).toMatchObject({
    access_logs: { enabled: true, bucket: expect.stringMatching(/aws_s3_bucket\./) },
    // Without its right to write AWS refuses.
    depends_on: [expect.stringMatching(/^aws_s3_bucket_policy\./)],
  });
});

test('the firewall stands before it', () => {
  const [association] = found('dev', 'aws_wafv2_web_acl_association');

  expect(association?.['resource_arn']).toMatch(/^\$\{aws_lb\.[^.]+\.arn\}$/);
});

test('names its requests as Application Auto Scaling wants', () => {
  expect(output('dev', 'requestCountLabel')).toMatch(
    /^\$\{aws_lb\.[^.]+\.arn_suffix\}\/\$\{aws_lb_target_group\.[^.]+\.arn_suffix\}$/,
  );
});
