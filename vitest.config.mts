import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Thousands of random cases on a machine that is busy with something else.
    testTimeout: 30_000,
    include: ['test/unit/**/*.test.ts', 'test/lsp/**/*.test.ts'],
  },
});
