import { writeGeneratedFiles } from './generated-files';

void writeGeneratedFiles().then((written) => {
  process.stdout.write(written.length === 0 ? 'everything is up to date\n' : `${written.join('\n')}\n`);
});
