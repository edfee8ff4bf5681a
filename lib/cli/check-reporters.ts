import type { CheckResult } from '../output/check-result';
import { checkGithub } from '../output/github/check-github';
import { checkGitlab } from '../output/gitlab/check-gitlab';
import { checkJson } from '../output/json/check-json';
import { checkJunit } from '../output/junit/check-junit';
import { checkMarkdown } from '../output/markdown/check-markdown';
import { checkSarif } from '../output/sarif/check-sarif';
import { checkConcise } from '../output/text/check-concise';
import { checkText } from '../output/text/check-text';
import type { Reporters } from './result-output';

/** How a check is printed, by the version of the program. */
export const checkReporters = (version: string): Reporters<CheckResult> => ({
  text: checkText,
  concise: checkConcise,
  json: checkJson,
  sarif: (result) => checkSarif(result, version),
  github: checkGithub,
  gitlab: checkGitlab,
  junit: checkJunit,
  markdown: checkMarkdown,
});
