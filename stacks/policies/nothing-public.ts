/** Nothing has a public address or an open bucket; only the front door faces the internet. */
import { camelCase, isTrue, namedValues, valuesAt } from './attributes.ts';
import { hasPart } from './bucket-parts.ts';
import { isInFrontDoor } from './front-door.ts';
import type { Attributes, Resource } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

/** Give a public address, in whatever resource and at whatever depth of it. */
const ADDRESSES = new Set([
  'assign_public_ip',
  'associate_public_ip_address',
  'map_public_ip_on_launch',
  'publicly_accessible',
]);

interface Door {
  readonly isClosed: (attributes: Attributes) => boolean;
  /** What closes it; nothing but the front door will do without it. */
  readonly whatToDo?: string;
}

const balancer: Door = {
  isClosed: ({ internal }) => isTrue(internal),
  whatToDo: 'make it internal (internal: true)',
};

/** Face the internet unless something closes them. */
const DOORS: Readonly<Record<string, Door>> = {
  aws_alb: balancer,
  aws_api_gateway_rest_api: {
    isClosed: (attributes) => {
      const types = valuesAt(attributes, 'endpoint_configuration.types');
      return types.length > 0 && types.every((type) => type === 'PRIVATE');
    },
    whatToDo: "make it private (endpointConfiguration: { types: ['PRIVATE'] })",
  },
  aws_apigatewayv2_api: { isClosed: () => false },
  aws_elb: balancer,
  aws_lambda_function_url: {
    isClosed: ({ authorization_type: type }) => type === 'AWS_IAM',
    whatToDo: "let AWS ask who calls (authorizationType: 'AWS_IAM')",
  },
  aws_lb: balancer,
};

const BUCKET_BLOCK = 'aws_s3_bucket_public_access_block';
const BLOCKS = [
  'block_public_acls',
  'block_public_policy',
  'ignore_public_acls',
  'restrict_public_buckets',
];

export const nothingPublic: Rule = {
  name: 'nothing-public',
  check(stack, refuse) {
    for (const resource of stack.resources) {
      for (const wrong of [...addresses(resource), ...doors(resource), ...blocks(resource)]) {
        refuse(resource, `${resource.type} ${wrong}`);
      }
      if (resource.type === 'aws_s3_bucket' && !hasPart(stack, resource, BUCKET_BLOCK)) {
        refuse(resource, `aws_s3_bucket may be opened: add an ${BUCKET_BLOCK} for it`);
      }
    }
  },
};

/** What only Terraform can work out may turn out as true, so nothing but a plain false will do. */
function addresses({ attributes }: Resource): string[] {
  return [...namedValues(attributes)]
    .filter(([name, value]) => ADDRESSES.has(name) && !isFalse(value))
    .map(([name]) => `gets a public address: set ${camelCase(name)}: false`);
}

function isFalse(value: unknown): boolean {
  return value === false || value === 'false' || value === undefined || value === null;
}

function doors({ type, attributes, construct }: Resource): string[] {
  const door = DOORS[type];
  if (door === undefined || door.isClosed(attributes) || isInFrontDoor(construct)) return [];
  const ways = door.whatToDo === undefined ? '' : `${door.whatToDo}, or `;
  return [`faces the internet: ${ways}make it part of the front door`];
}

function blocks({ type, attributes }: Resource): string[] {
  if (type !== BUCKET_BLOCK) return [];
  return BLOCKS.filter((name) => !isTrue(attributes[name])).map(
    (name) => `leaves the bucket open: set ${camelCase(name)}: true`,
  );
}
