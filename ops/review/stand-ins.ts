/** Values that a provisional plan was made with, in the place of what an upstream stack will tell. */
import { UNKNOWN } from './unknown.ts';

/** As `ops/plan/stand-ins.ts` makes them: ids of zeros, and names that say it; ARNs in two parts. */
const STAND_IN =
  /(?:arn:aws:(?<service>[\w-]+)(?<place>:[\w-]*:\d*:)[\w:/-]*?)?(?:stand-in-\d+|standin0{9,}\d+|\b[a-z]+-0{10,}\d+|[a-z]+-[a-z]+-\d_0{5,}\d+|0{8}(?:-0{4}){3}-0\d{11}|\b192\.0\.2\.\d{1,3}\b)(?:[/-]0{6,16})?(?:\.[a-z]+-[a-z]+-\d\.example)?/g;

/** Services that stand-ins call as AWS does; others they guess from the name of the type. */
const CERTAIN: ReadonlySet<string | undefined> = new Set([
  'ecs',
  'elasticloadbalancing',
  'iam',
  'kms',
  'logs',
  'rds',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
]);

/** The text with what is not known yet in their places; of an ARN, account and region are known. */
export function withoutStandIns(text: string): string {
  return text.replace(STAND_IN, (...match: unknown[]) => {
    const { service, place } = match.at(-1) as { service?: string; place?: string };
    if (place === undefined) return UNKNOWN;
    return `arn:aws:${CERTAIN.has(service) ? service : UNKNOWN}${place}${UNKNOWN}`;
  });
}
