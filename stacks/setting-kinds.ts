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

export const Region = Type.String({
  pattern:
    '^(?:af|ap|ca|eu|il|me|mx|sa|us)-(?:(?:north|south)(?:east|west)?|east|west|central)-[1-9]$',
  description: 'an AWS region, such as eu-central-1 (not GovCloud, not China)',
});
