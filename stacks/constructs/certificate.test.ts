import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate/index.js';
import { TerraformOutput, Testing } from 'cdktf';
import { resourcesOf } from '../testing/synthesise.ts';
import { Certificate } from './certificate.ts';

const ZONE = 'Z0123456789ABCDEFGHIJ';

const synthesised = Testing.synthScope((scope) => {
  const certificate = new Certificate(scope, 'certificate', {
    domainName: 'store.example.com',
    zoneId: ZONE,
  });
  new TerraformOutput(scope, 'arn', { value: certificate.arn });
});

test('a successor is issued before the old certificate goes', () => {
  expect(synthesised).toHaveResourceWithProperties(AcmCertificate, {
    domain_name: 'store.example.com',
    validation_method: 'DNS',
    lifecycle: { create_before_destroy: true },
  });
});

test('the name is proven by a record in the zone, also where one is left', () => {
  const proof = String.raw`^\$\{tolist\(aws_acm_certificate\.[^.]+\.domain_validation_options\)\.0`;
  const [record] = resourcesOf(JSON.parse(synthesised), 'aws_route53_record');

  expect(record).toEqual({
    zone_id: ZONE,
    name: expect.stringMatching(`${proof}.resource_record_name`),
    type: expect.stringMatching(`${proof}.resource_record_type`),
    records: [expect.stringMatching(`${proof}.resource_record_value`)],
    ttl: 60,
    allow_overwrite: true,
  });
});

test('who uses it waits until AWS has issued it', () => {
  const { output, ...rest } = JSON.parse(synthesised);
  const [validation] = resourcesOf(rest, 'aws_acm_certificate_validation');

  expect(validation).toEqual({
    certificate_arn: expect.stringMatching(/^\$\{aws_acm_certificate\.[^.]+\.arn\}$/),
    validation_record_fqdns: [expect.stringMatching(/^\$\{aws_route53_record\.[^.]+\.fqdn\}$/)],
  });
  expect(output.arn.value).toMatch(
    /^\$\{aws_acm_certificate_validation\.[^.]+\.certificate_arn\}$/,
  );
});
