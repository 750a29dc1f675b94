/**
 * With what the server's Node is started: 4 MB for what is young, where it would take up to 48 with the first
 * document. That is more than most documents take, and nothing gets faster by it.
 */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=4'];
