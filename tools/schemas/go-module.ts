import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { GO_TOOLCHAIN } from './sources';

/** The folder of a module in Go's cache: `sigs.k8s.io/gateway-api@v1.7.0`. */
export function moduleFolder(module: string): string {
  const output = execFileSync('go', ['mod', 'download', '-json', module], {
    cwd: tmpdir(),
    encoding: 'utf8',
    env: { ...process.env, GOTOOLCHAIN: GO_TOOLCHAIN },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return (JSON.parse(output) as { readonly Dir: string }).Dir;
}
