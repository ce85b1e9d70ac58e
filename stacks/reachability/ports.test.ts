import { inCommon, portsOf, portText } from './ports.ts';

const rule = (protocol: string | number, from?: number, to = from) => ({
  protocol,
  from_port: from,
  to_port: to,
});

test.each([
  [rule('tcp', 443), 'tcp 443'],
  [rule('6', 80, 443), 'tcp 80-443'],
  [rule('udp', 0, 65_535), 'udp all'],
  [rule('-1', 0), 'all'],
  [rule(-1), 'all'],
  [{ ip_protocol: 'TCP', from_port: '22', to_port: '22' }, 'tcp 22'],
  [rule('icmp', -1), 'icmp all'],
])('%j is %s', (given, expected) => {
  const ports = portsOf(given);

  expect(ports && portText(ports)).toBe(expected);
});

test.each([rule('${var.protocol}', 443), rule('tcp'), { ...rule('tcp', 1), to_port: '${var.to}' }])(
  '%j is known to Terraform only',
  (given) => {
    expect(portsOf(given)).toBeUndefined();
  },
);

test.each([
  [rule('tcp', 443), rule('tcp', 443), 'tcp 443'],
  [rule('-1'), rule('tcp', 5432), 'tcp 5432'],
  [rule('tcp', 0, 1023), rule('tcp', 80, 8080), 'tcp 80-1023'],
  [rule('tcp', 443), rule('udp', 443), undefined],
  [rule('tcp', 443), rule('tcp', 80), undefined],
])('%j and %j have in common: %s', (one, other, expected) => {
  const ports = [portsOf(one), portsOf(other)];
  const [first, second] = ports;
  const common = first && second && inCommon(first, second);

  expect(common && portText(common)).toBe(expected);
});
