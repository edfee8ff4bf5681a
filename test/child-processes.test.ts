import { childProcesses } from './child-processes';

const run = childProcesses();

test('what a program writes, and its exit code', async () => {
  const script = "console.log('out'); console.error('err ' + process.env.NETLOOM_TEST); process.exitCode = 3;";
  const ended = await run(process.execPath, ['-e', script], { env: { NETLOOM_TEST: 'here' } });
  expect(ended).toEqual({ status: 3, stdout: 'out\n', stderr: 'err here\n' });
});

test('a program that hangs is killed with what it started', async () => {
  const child = 'setInterval(() => {}, 1000)';
  const script = `
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' });
    console.log('started');
    setInterval(() => {}, 1000);
  `;
  // Both hold the output open: it ends when the last of them does.
  expect(await run(process.execPath, ['-e', script], { timeout: 1500 })).toEqual({
    status: null,
    stdout: 'started\n',
    stderr: '',
  });
});

test('a program that is not there', async () => {
  await expect(run('no-such-program', [])).rejects.toThrow('ENOENT');
});
