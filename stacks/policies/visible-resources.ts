/** Terraform gets resources of AWS, as they are written here: what else it runs, nobody has read. */
import type { Resource, WrittenStack } from '../written/written-stack.ts';
import { isBlock, isGiven } from './attributes.ts';
import type { Rule } from './policy.ts';

const INSTEAD = 'write resources of the AWS provider, which policies can read';

/** Parts of a stack that policies read or that make nothing. */
const READ = new Set([
  '//',
  'data',
  'import',
  'moved',
  'output',
  'provider',
  'removed',
  'resource',
  'terraform',
]);

/** The AWS provider by its names, and as cdktf writes it without a version. */
const AWS = new Set(['aws', 'hashicorp/aws', 'registry.terraform.io/hashicorp/aws']);

/** Other stacks' outputs: where they lead, own-references looks. */
const STATES = 'terraform_remote_state';

export const visibleResources: Rule = {
  name: 'visible-resources',
  check(stack, refuse) {
    for (const wrong of [...unreadParts(stack), ...otherProviders(stack)]) refuse(stack, wrong);
    for (const resource of stack.resources) {
      for (const wrong of [...notOfAws(resource), ...commandsOf(resource)]) refuse(resource, wrong);
    }
    for (const source of stack.dataSources.filter(({ type }) => type !== STATES)) {
      for (const wrong of notOfAws(source)) refuse(source, wrong);
    }
  },
};

function unreadParts({ whole }: WrittenStack): string[] {
  return Object.entries(whole)
    .filter(([part]) => !READ.has(part))
    .map(([part, members]) => {
      const names = isBlock(members) ? Object.keys(members).filter((name) => name !== '//') : [];
      return `${part} ${names.join(', ')} hides from policies what Terraform makes of it: ${instead(part)}`;
    });
}

function instead(part: string): string {
  return part === 'variable' || part === 'locals'
    ? 'write the value, or a setting of the table (stacks/settings.ts)'
    : INSTEAD;
}

function otherProviders({ whole, providers }: WrittenStack): string[] {
  const terraform = isBlock(whole['terraform']) ? whole['terraform'] : {};
  const required = isBlock(terraform['required_providers']) ? terraform['required_providers'] : {};
  const strange = Object.entries(required)
    .filter(([name, wanted]) => name !== 'aws' || !AWS.has(sourceOf(wanted)))
    .map(([name, wanted]) => (name === 'aws' ? `aws from ${sourceOf(wanted)}` : name));
  const configured = Object.keys(providers).filter((name) => name !== 'aws');
  return [...new Set([...strange, ...configured])].map(
    (name) => `uses the provider ${name}, whose resources no policy knows: ${INSTEAD}`,
  );
}

/** Older Terraform takes the version alone. */
function sourceOf(wanted: unknown): string {
  const source = isBlock(wanted) ? wanted['source'] : undefined;
  return typeof source === 'string' ? source : 'aws';
}

function notOfAws({ type }: Resource): string[] {
  return type.startsWith('aws_') ? [] : [`${type} is not of AWS: ${INSTEAD}`];
}

function commandsOf({ type, attributes }: Resource): string[] {
  return ['provisioner', 'connection']
    .filter((name) => isGiven(attributes[name]))
    .map(
      (name) =>
        `${type} has a ${name}, which runs commands that no policy reads: make them a command in ops/, or a task`,
    );
}
