"""What MiniStack lacks where real containers run: databases, tasks, and the load balancer before them."""
