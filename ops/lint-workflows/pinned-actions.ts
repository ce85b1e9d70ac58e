/**
 * Actions that the workflows may use, by the commit of a version that somebody has looked at. Who
 * takes another version reads what changed, and writes its commit here.
 */
export const PINNED_ACTIONS: Readonly<Record<string, { version: string; commit: string }>> = {
  'actions/checkout': { version: 'v7.0.1', commit: '3d3c42e5aac5ba805825da76410c181273ba90b1' },
  'actions/setup-node': { version: 'v7.0.0', commit: '820762786026740c76f36085b0efc47a31fe5020' },
  'actions/upload-artifact': {
    version: 'v7.0.0',
    commit: 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f',
  },
  'actions/download-artifact': {
    version: 'v8',
    commit: '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c',
  },
  'aws-actions/configure-aws-credentials': {
    version: 'v6.2.3',
    commit: 'e6de054238d6b7531b4efff3b6587d9aade6a06c',
  },
  'hashicorp/setup-terraform': {
    version: 'v4.0.1',
    commit: 'dfe3c3f87815947d99a8997f908cb6525fc44e9e',
  },
};
