/** All that a plan can hold beside changes of resources, and each way that a resource can change. */
import type { Scene } from '../plan-between.ts';

const SHOP = {
  variable: { shelves: { type: 'set(string)' } },
  resource: {
    terraform_data: {
      shelf: { for_each: '${var.shelves}', input: '${each.key}' },
      till: { count: 1, input: 'open' },
    },
  },
};
const PASSWORD = { variable: { password: { default: 'hunter2', sensitive: true } } };
const NEW_PASSWORD = { variable: { password: { default: 'swordfish', sensitive: true } } };

export const ENGINE: Scene = {
  before: {
    'shop/main.tf.json': SHOP,
    'main.tf.json': {
      ...PASSWORD,
      module: {
        shop: { source: './shop', shelves: ['a', 'b "c"'] },
        branch: { for_each: '${toset(["north"])}', source: './shop', shelves: ['a'] },
      },
      resource: {
        terraform_data: {
          same: { input: 'same' },
          old_name: { input: 'moved' },
          old_name_and_value: { input: 'before' },
          forgotten: { input: 'forgotten' },
          counted: { count: 2, input: '${count.index}' },
          replaced: { input: 'replaced', triggers_replace: ['one'] },
          replaced_gapless: gapless({ triggers_replace: 'one' }),
          secretive: { input: { user: 'ada', password: '${var.password}' } },
          nested: { input: { list: [{ port: 80 }, { port: 443 }], map: { 'a.b': 'c' } } },
          destroyed: { input: 'destroyed' },
        },
        aws_cloudwatch_log_group: {
          shortened: logGroup('/shortened', 30),
          vanished: logGroup('/vanished', 30),
        },
      },
      output: {
        same: { value: 'same' },
        changed: { value: 'before' },
        removed: { value: { nested: ['removed'] } },
        password: { value: '${var.password}', sensitive: true },
      },
    },
  },
  found: [{ logGroupName: '/shortened', retentionInDays: 7 }],
  after: {
    'shop/main.tf.json': SHOP,
    'main.tf.json': {
      ...NEW_PASSWORD,
      module: {
        shop: { source: './shop', shelves: ['b "c"', 'd'] },
        branch: { for_each: '${toset(["south"])}', source: './shop', shelves: ['a'] },
      },
      moved: [
        { from: 'terraform_data.old_name', to: 'terraform_data.new_name' },
        { from: 'terraform_data.old_name_and_value', to: 'terraform_data.new_name_and_value' },
      ],
      removed: [{ from: 'terraform_data.forgotten', lifecycle: { destroy: false } }],
      import: [{ to: 'terraform_data.adopted', id: 'adopted-id' }],
      resource: {
        terraform_data: {
          same: { input: 'same' },
          new_name: { input: 'moved' },
          new_name_and_value: { input: 'after' },
          adopted: { input: 'adopted' },
          counted: { count: 1, input: '${count.index}' },
          replaced: { input: 'replaced', triggers_replace: ['two'] },
          replaced_gapless: gapless({ triggers_replace: 'two' }),
          secretive: { input: { user: 'grace', password: '${var.password}' } },
          nested: { input: { list: [{ port: 80 }, { port: 8443 }], map: { 'a.b': 'd' } } },
          created: { input: '${terraform_data.replaced.id}' },
        },
        aws_cloudwatch_log_group: {
          shortened: logGroup('/shortened', 30),
          vanished: logGroup('/vanished', 30),
        },
      },
      data: {
        aws_iam_policy_document: {
          read_while_applied: {
            statement: { actions: ['s3:GetObject'], resources: ['${terraform_data.created.id}'] },
          },
        },
      },
      output: {
        same: { value: 'same' },
        changed: { value: 'after' },
        added: { value: '${terraform_data.created.id}' },
        password: { value: '${var.password}', sensitive: true },
      },
    },
  },
};

function gapless(given: object): object {
  return { ...given, lifecycle: { create_before_destroy: true } };
}

function logGroup(name: string, days: number): object {
  return { name, retention_in_days: days };
}
