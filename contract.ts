/** What both halves must agree on: constants only, no imports. */

/** Name of the project in AWS, in labels and in log lines. */
export const PROJECT = 'fargate-store';

/** Port the service listens on inside its container. */
export const SERVICE_PORT = 3000;

/** 200 while the process can answer; the container's own health check. */
export const LIVE_PATH = '/livez';
/** 200 once started and until draining; what load balancers ask. */
export const HEALTH_PATH = '/health';
/** 200 while requests can be served, the database included; for people, releases and alarms. */
export const READY_PATH = '/readyz';
