import { duration } from '../deployment/progress.ts';
import type { Report } from '../rehearse/report.ts';

type Summed = Pick<Report, 'environment' | 'seconds' | 'ended' | 'checks' | 'requests'>;

/** @param report missing where nothing that is deployed has changed, or it never began */
export function summaryOf(report: Summed | undefined): string {
  if (report === undefined) {
    return '## Rehearsal\n\nThere is no report: nothing that is deployed has changed, or it did not begin.\n';
  }
  const { environment, seconds, ended, checks, requests } = report;
  const broken = checks.filter(({ failure }) => failure !== undefined);
  const isWell = broken.length === 0 && ended === undefined;
  return [
    `## Rehearsal of ${environment}: ${isWell ? 'it holds' : 'it does not hold'}`,
    ...(ended === undefined ? [] : [`It did not come to its end: ${ended}.`]),
    `${checks.length - broken.length} checks passed, ${broken.length} failed. ${requests.sent} requests under load, ${requests.failed} failed. ${duration(seconds)} on an emulated AWS.`,
    ...(broken.length === 0 ? [] : [broken.map(lineOf).join('\n')]),
    'The whole report is the artifact `rehearsal` of the run.\n',
  ].join('\n\n');
}

function lineOf({ step, name, failure = '' }: Report['checks'][number]): string {
  return `- **${step}**: ${name} (${failure.split('\n', 1)[0]})`;
}
