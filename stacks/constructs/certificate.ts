import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation/index.js';
import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate/index.js';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js';
import { Construct } from 'constructs';
import type { Domain } from '../settings.ts';

/** Seconds that resolvers may keep a record. */
const TTL = 60;

/** A certificate for one name, proven by a record in its zone, which also lets AWS renew it. */
export class Certificate extends Construct {
  /** Known once AWS has issued it: who uses this waits for that. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { domainName, zoneId }: Domain) {
    super(scope, id);
    const certificate = new AcmCertificate(this, 'certificate', {
      domainName,
      validationMethod: 'DNS',
      // A listener holds the old one until it has the new one.
      lifecycle: { createBeforeDestroy: true },
    });
    // One name, hence one proof.
    const proof = certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, 'proof', {
      zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: TTL,
      // The proof of a name is the same for each of its certificates, so another may have left it.
      allowOverwrite: true,
    });
    this.arn = new AcmCertificateValidation(this, 'validation', {
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    }).certificateArn;
  }
}
