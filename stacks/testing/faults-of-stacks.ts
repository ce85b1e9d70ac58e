/** Faults in what a stack consists of, and in whose things it uses. */
import { DataTerraformRemoteStateS3, TerraformStack } from 'cdktf';
import { at, change, type Fault, type Plant } from './planting.ts';
import { add } from './refusal.ts';

const SERVICE_STACK = 'staging-service';
const TASK_ROLE = 'staging-service/task/role/role';

/** What is planted where, and part of what is said. */
export const FAULTS_OF_STACKS: readonly Fault[] = [
  [
    'visible-resources',
    'staging-service/script',
    addToService('null_resource', 'script'),
    'write resources of the AWS provider',
  ],
  [
    'known-types',
    'staging-service/topic',
    addToService('aws_sns_topic', 'topic'),
    'then list it in stacks/pipelines/actions/',
  ],
  [
    'bounded-roles',
    TASK_ROLE,
    change(TASK_ROLE, 'permissions_boundary', undefined),
    'make it with the construct Role',
  ],
  [
    'own-references',
    SERVICE_STACK,
    (app) =>
      new DataTerraformRemoteStateS3(at(app, SERVICE_STACK, TerraformStack), 'elsewhere', {
        bucket: 'states',
        key: 'prod-database.tfstate',
        region: 'eu-central-1',
      }),
    'pass what it needs from stack to stack',
  ],
];

function addToService(type: string, id: string): Plant {
  return (app) => add(at(app, SERVICE_STACK, TerraformStack), type, id);
}
