/** Programs of bare resources: only where they are matters. */
import { type App, TerraformResource, Testing } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import type { Place } from '../../place.ts';
import { StoreStack } from '../../store-stack.ts';
import { anEnvironment } from '../../testing/places.ts';
import { addressedStacks } from '../addressed.ts';
import type { Records } from '../records.ts';

/** Types of resources by their paths below the stack. */
export type Layout = Readonly<Record<string, string>>;

class SomeStack extends StoreStack {}

/** @param layouts by stack, such as `database`. @param places which of them have it. @default dev */
export function aProgram(
  layouts: Readonly<Record<string, Layout>>,
  places: readonly Place[] = [anEnvironment()],
): App {
  const app = Testing.app();
  for (const place of places) {
    for (const [name, layout] of Object.entries(layouts)) {
      fill(new SomeStack(app, place, name), layout);
    }
  }
  return app;
}

function fill(stack: StoreStack, layout: Layout): void {
  for (const [path, terraformResourceType] of Object.entries(layout)) {
    const ids = path.split('/');
    const last = ids.pop() ?? '';
    const parent = ids.reduce<IConstruct>(
      (within, id) => within.node.tryFindChild(id) ?? new Construct(within, id),
      stack,
    );
    new TerraformResource(parent, last, { terraformResourceType });
  }
}

/** As they are once all of it is applied. */
export function recordsOf(app: App): Records {
  return new Map(
    addressedStacks(app).map(({ record, resources, stack: { place } }) => [
      record,
      {
        accountId: place.accountId,
        region: place.region,
        addresses: new Map(resources.map(({ path, address }) => [path, address])),
      },
    ]),
  );
}
