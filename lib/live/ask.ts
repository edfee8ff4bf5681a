import { member, text } from '../model/json';
import type { Answer, Get } from './api-server';

/** What a question came to: a value, or why there is none. */
export type Asked = { readonly value: unknown } | { readonly refused: Refusal; readonly because: string };

/**
 * - `credentials`: the server does not know who asks
 * - `permission`: who asks may not see it
 * - `absent`: there is no such thing
 * - `expired`: the next page is of a list that the server has forgotten
 * - `failure`: all else
 */
export type Refusal = 'credentials' | 'permission' | 'absent' | 'expired' | 'failure';

const REFUSALS: ReadonlyMap<number, Refusal> = new Map([
  [401, 'credentials'],
  [403, 'permission'],
  [404, 'absent'],
  [405, 'absent'],
  [410, 'expired'],
]);

/** Attempts in all, where the server is busy or an answer is lost. */
const ATTEMPTS = 5;

const FIRST_PAUSE = 0.25;

const LONGEST_PAUSE = 15;

/** Waits for so many seconds. */
export type Sleep = (seconds: number) => Promise<void>;

/** Asks again, after a while that grows or that the server names, as long as there is hope. Never rejects. */
export async function ask(get: Get, path: string, sleep: Sleep, attempts = ATTEMPTS): Promise<Asked> {
  let because = '';
  for (let attempt = 0; attempt < attempts; attempt++) {
    const answer = await answerOf(get, path);
    const backOff = FIRST_PAUSE * 2 ** attempt;
    const pause = Math.min(LONGEST_PAUSE, 'retryAfter' in answer ? (answer.retryAfter ?? backOff) : backOff);
    if ('lost' in answer) because = answer.lost;
    else {
      const asked = readAnswer(answer);
      if ('value' in asked || asked.refused !== 'failure' || isFinal(answer.status)) return asked;
      because = asked.because;
    }
    if (attempt + 1 < attempts) await sleep(pause);
  }
  return { refused: 'failure', because: attempts === 1 ? because : `${because} (asked ${attempts} times)` };
}

async function answerOf(get: Get, path: string): Promise<Answer | { readonly lost: string }> {
  try {
    return await get(path);
  } catch (error) {
    return { lost: error instanceof Error ? error.message : String(error) };
  }
}

/** A request that is wrong stays so; one that came too often, or to a server that fails, does not. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

function readAnswer({ status, body }: Answer): Asked {
  const value = jsonOf(body);
  if (status === 200) {
    return value === undefined
      ? { refused: 'failure', because: 'the answer is no JSON: half of it is missing' }
      : { value };
  }
  const said = text(member(value, 'message')) ?? body.trim().split('\n')[0].slice(0, LONGEST_REASON);
  return {
    refused: REFUSALS.get(status) ?? 'failure',
    because: `the API server answered ${status}${said === '' ? '' : `: ${said}`}`,
  };
}

const LONGEST_REASON = 200;

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
