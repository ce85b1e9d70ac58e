/** Where the program's resources are, for people (a path) and for Terraform (an address). */
import { TerraformResource, TerraformStack } from 'cdktf';
import { Construct, type IConstruct, RootConstruct } from 'constructs';
import { StoreStack } from '../store-stack.ts';

export interface Addressed {
  /** Below its stack: `postgres/instance`. */
  readonly path: string;
  /** Such as `aws_db_instance`. */
  readonly type: string;
  /** `aws_db_instance.postgres_instance_8F6A4AD8`. */
  readonly address: string;
}

export interface AddressedStack {
  /** What its record is called: `dev-database`, `account-123456789012-eu-central-1-state`. */
  readonly record: string;
  /** The same in every environment: `database`. */
  readonly name: string;
  readonly stack: StoreStack;
  readonly resources: readonly Addressed[];
}

/** All stacks below the root. To walk the tree is enough: nothing is synthesised for it. */
export function addressedStacks({ node }: IConstruct): AddressedStack[] {
  return node.children.filter((each) => each instanceof StoreStack).map(addressedStack);
}

function addressedStack(stack: StoreStack): AddressedStack {
  const { place, node } = stack;
  const name = node.id.slice(place.label.length + 1);
  // Neither the project's new name nor a second account gives the record of an account another one.
  const label =
    'environments' in place ? `account-${place.accountId}-${place.region}` : place.label;
  return { record: `${label}-${name}`, name, stack, resources: resourcesOf(stack) };
}

function resourcesOf({ node }: StoreStack): Addressed[] {
  return node
    .findAll()
    .filter((each) => TerraformResource.isTerraformResource(each))
    .map(({ node: { path }, terraformResourceType: type, friendlyUniqueId }) => ({
      path: path.slice(node.path.length + 1),
      type,
      address: `${type}.${friendlyUniqueId}`,
    }));
}

/** What a resource of the type is called where it is, or was: cdktf itself says it. */
export function addressedAt(type: string, path: string): Addressed {
  const stack = new TerraformStack(new RootConstruct(), 'throw-away');
  let construct: Construct = stack;
  for (const id of path.split('/')) construct = new Construct(construct, id);
  return { path, type, address: `${type}.${stack.getLogicalId(construct.node)}` };
}

/** Of an address that was written down. */
export function typeOf(address: string): string {
  return address.slice(0, address.indexOf('.'));
}

/** Whether a path is another one, or within it. */
export function isWithin(path: string, whole: string): boolean {
  return path === whole || path.startsWith(`${whole}/`);
}
