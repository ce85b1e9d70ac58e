import { staff } from '../auth/access.ts';
import { OutOfStock, ProductNotFound, StockLimit } from '../errors.ts';
import type { App, Services } from '../services.ts';
import * as operations from './operations.ts';
import { findProduct } from './queries.ts';
import { changeStock, listStockChanges } from './stock.ts';

export function stockRoutes(app: App, { db }: Services): void {
  const path = '/v1/products/:id/stock-changes';
  const config = { access: staff('products:write') };

  app.post(path, { config, schema: operations.changeStock }, async ({ params, body }, reply) => {
    const change = await changeStock(db.write, params.id, body);
    if (change !== undefined) return reply.code(201).send(change);
    const product = await findProduct(db.read, params.id);
    if (product === undefined) throw new ProductNotFound();
    if (body.quantity > 0) throw new StockLimit();
    throw new OutOfStock(`There are ${product.stock} pieces.`, {
      errors: [{ pointer: '/quantity', detail: `must be >= ${-product.stock}` }],
    });
  });

  app.get(path, { config, schema: operations.listStockChanges }, async ({ params, query }) => {
    const page = await listStockChanges(db.read, params.id, query);
    if (page.items.length > 0) return page;
    if ((await findProduct(db.read, params.id)) === undefined) throw new ProductNotFound();
    return page;
  });
}
