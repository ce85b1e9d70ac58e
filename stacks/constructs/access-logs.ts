import { Construct } from 'constructs';
import type { Place } from '../place.ts';
import { PrivateBucket } from './private-bucket.ts';

interface AccessLogsProps {
  readonly place: Place;
  /** Days until a log is deleted. */
  readonly days: number;
}

/** Where a load balancer writes a line for each request, addresses and paths included. */
export class AccessLogs extends Construct {
  /** Its policy is what lets load balancers write. */
  readonly bucket: PrivateBucket;

  constructor(scope: Construct, id: string, { place, days }: AccessLogsProps) {
    super(scope, id);
    const { prefix, accountId, region, dataMayBeLost } = place;
    this.bucket = new PrivateBucket(this, 'bucket', {
      name: `${prefix}-logs-${accountId}-${region}`,
      // No key of ours: load balancers write with Amazon's or not at all.
      dataMayBeLost,
      lifecycle: [
        {
          id: 'expire',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ days }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
      statements: (bucketArn) => [
        {
          principals: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
          actions: ['s3:PutObject'],
          // Load balancers of other accounts write below their own account's number.
          resources: [`${bucketArn}/AWSLogs/${accountId}/*`],
        },
      ],
    });
  }
}
