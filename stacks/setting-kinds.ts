/** Kinds of settings that the form in settings.ts is made of. */
import { Type } from 'typebox';

/** Nothing but the settings that are named: a misspelt one is refused, not ignored. */
export const closed = { additionalProperties: false } as const;

export const Cidr = Type.String({
  pattern: String.raw`^(\d{1,3}\.){3}\d{1,3}/\d{1,2}$`,
  description: 'a private IPv4 range from /16 to /22, such as 10.10.0.0/16',
});

export const Days = (most: number) =>
  Type.Integer({ minimum: 1, maximum: most, description: `a whole number of days, 1 to ${most}` });

/** CloudWatch keeps logs for these numbers of days and no others. */
export const LogDays = Type.Enum([1, 3, 5, 7, 14, 30, 60, 90, 180, 365], {
  description: 'days that CloudWatch knows: 1, 3, 5, 7, 14, 30, 60, 90, 180 or 365',
});

export const Flag = (meaning: string) => Type.Boolean({ description: `true or false: ${meaning}` });

/** A text that AWS takes as the value of a tag. */
export const Tag = (meaning: string) =>
  Type.String({
    pattern: String.raw`^[\p{L}\p{N}_ .:/=+@-]{1,128}$`,
    description: `${meaning}, for the tags: letters, digits, spaces and . : / = + @ _ -`,
  });

export const AccountId = Type.String({
  pattern: '^[0-9]{12}$',
  description: 'an AWS account id of 12 digits',
});

/** Those of AWS's public partition, whose names and hosts all follow one form. */
const REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ca-central-1',
  'ca-west-1',
  'mx-central-1',
  'sa-east-1',
  'af-south-1',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
] as const;

export const Region = Type.Enum([...REGIONS], {
  description: 'an AWS region, such as eu-central-1 (not GovCloud, not China)',
});
