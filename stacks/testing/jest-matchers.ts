/** `toHaveResourceWithProperties` and its like, in every test of the stacks. */
import { setupJest } from 'cdktf/lib/testing/adapters/jest.js';

setupJest();
