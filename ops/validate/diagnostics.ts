/** What `terraform validate -json` says, in the words of the program that wrote the stack. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail?: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
  readonly snippet?: {
    /** `resource.aws_vpc.network_vpc_1A2B3C4D` */
    readonly context?: string | null;
    readonly code: string;
  };
}

type Block = Readonly<Record<string, Readonly<Record<string, { '//'?: Metadata }>>>>;
interface Metadata {
  readonly metadata: { readonly path: string };
}

/** @param source the stack's cdk.tf.json */
export function explain({ severity, summary, detail, range, snippet }: Diagnostic, source: string) {
  const path = constructPath(snippet?.context ?? '', source);
  return [
    `${severity}: ${summary}${path === undefined ? '' : ` in ${path}`}`,
    ...(detail === undefined || detail === '' ? [] : [`  ${detail}`]),
    ...(range === undefined ? [] : [`  ${range.filename}:${range.start.line}  ${code(snippet)}`]),
  ].join('\n');
}

function code(snippet: Diagnostic['snippet']): string {
  return (snippet?.code ?? '').trim();
}

/** Where the construct hangs in the program: `dev-network/vpc/network`. */
function constructPath(context: string, source: string): string | undefined {
  const [kind = '', type = '', name = ''] = context.split('.');
  const stack = JSON.parse(source) as Readonly<Record<string, Block | undefined>>;
  return stack[kind]?.[type]?.[name]?.['//']?.metadata.path;
}
