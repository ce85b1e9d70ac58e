"""What MiniStack lacks for our stacks: a file for each service, each with a test beside it."""
