/** What AWS's agent in a container needs for people to enter it (ECS Exec): both ends of a channel. */
export const EXEC_ACTIONS: readonly string[] = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];
