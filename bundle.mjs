// The bot as one file: to find, open and link the five hundred that it and its libraries consist of is half a start.
import { build } from 'rolldown';

await build({
  input: 'src/main.ts',
  platform: 'node',
  transform: { target: 'node20.19' },
  external: [
    // A compiled renderer, with a package for each platform.
    '@resvg/resvg-js',
    // discord.js and ws use them where an operator has installed them.
    'bufferutil',
    'utf-8-validate',
    'zlib-sync',
  ],
  // discord.js evaluates what a parent process of its own sends; the bot has none.
  checks: { eval: false },
  // A warning, of a package that is not there for example, is a start that fails later.
  onLog: (level, log, handler) => handler(level === 'warn' ? 'error' : level, log),
  output: {
    file: 'dist/main.js',
    sourcemap: true,
    // A bot that runs for months must not load a part of a newer build.
    codeSplitting: false,
  },
});
