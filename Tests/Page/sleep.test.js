// The link's scenarios when a telephone sleeps: its timers stand still, its line is dead or not, and the place in the
// queue is kept for a while (`hold`).

import { date, holdEnd } from './phrases.js';
import { AT, QUEUED, STARTED, WELCOME, agentSays, chatting, same, types, waiting } from './scenarios.js';

const MINUTE = 60_000;
const RESUME = { type: 'hello', role: 'customer', lang: 'ko', resume: 't', after: 0 };

export const scenarios = {
  'fourteen minutes asleep on a line that looked well: asked at once, given up soon, and the place is there': () => {
    const it = waiting();
    it.wait(2000);
    it.hear({ type: 'pong', n: 1 });
    it.sleep(14 * MINUTE);
    it.do('wake');
    same(types(it.out()), ['ping']);
    it.wait(3000);
    same([it.out(), it.link.phase], [['close'], 'waiting']);
    it.wait(250);
    it.do('opened');
    same(it.out(), ['connect', RESUME]);
    it.hear(WELCOME, { ...QUEUED, hold: 900 });
    same([it.link.chat.phase, it.link.chat.waiting.position], ['waiting', 1]);
  },

  'the line was lost before the sleep: connected at once on waking': () => {
    const it = waiting();
    // Half a minute is the longest that it would wait.
    for (let attempt = 0; attempt < 8; attempt += 1) {
      it.do('closed');
      if (attempt < 7) it.wait(it.link.deadline - it.at.now);
    }
    it.out();
    it.sleep(14 * MINUTE);
    it.do('wake');
    same(it.out(), ['connect']);
  },

  'asleep while connecting: not waited for': () => {
    const it = waiting();
    it.do('closed');
    it.wait(250);
    it.out();
    it.sleep(14 * MINUTE);
    it.do('wake');
    same(it.out(), ['close', 'connect']);
    it.do('wake');
    same(it.out(), []);
  },

  'nobody says that it is awake: the next timer knows': () => {
    const it = waiting();
    it.sleep(14 * MINUTE);
    it.wait(1);
    same(types(it.out()), ['ping']);
    it.wait(1);
    same(it.out(), []);
    it.do('closed');
    it.sleep(14 * MINUTE);
    it.wait(1);
    same(it.out(), ['connect']);
  },

  'who is awake, or set the clock back, is not asked': () => {
    const it = chatting();
    for (const slept of [0, 4000, -3_600_000, 0]) {
      it.sleep(slept);
      it.do('wake');
      it.wait(1000);
      same([slept, it.out()], [slept, []]);
    }
  },

  'tried for as long as it takes, at least twice a minute': () => {
    const it = waiting();
    it.do('closed');
    let attempts = 0;
    for (let second = 0; second < 20 * 60; second += 1) {
      it.wait(1000);
      for (const effect of it.out()) if (effect === 'connect') { attempts += 1; it.do('closed'); }
    }
    same([attempts >= 40, it.link.phase], [true, 'waiting']);
  },

  'until when the place is kept: counted from the last word, and only then said': () => {
    const words = { lang: 'ko' };
    const until = (minutes) => date(words, 'time', Date.parse(AT) + minutes * MINUTE);
    const it = waiting();
    it.wait(2 * MINUTE);
    it.hear({ type: 'pong', n: 1 });
    it.do('closed');
    same(holdEnd(it.link, words), until(17));
    it.sleep(14 * MINUTE);
    same(holdEnd(it.link, words), until(17));
    it.sleep(MINUTE);
    same(holdEnd(it.link, words), null);
  },

  'no place, or a server that does not say: nothing is promised': () => {
    for (const messages of [[QUEUED], [{ ...QUEUED, hold: 900 }, STARTED], [{ ...QUEUED, hold: 'long' }]]) {
      const it = waiting();
      it.hear(...messages);
      it.do('closed');
      same(holdEnd(it.link, { lang: 'ko' }), null);
    }
  },

  'too late: the place is gone, what was not sent is shown, and one may begin anew': () => {
    const it = waiting();
    it.do('closed');
    it.do('say', 'still here');
    it.sleep(20 * MINUTE);
    it.do('wake');
    it.do('opened');
    it.out();
    it.hear({ type: 'error', code: 'unknown_token', message: '' });
    const { reason, hadAgent } = it.link.chat;
    same([reason, hadAgent, it.texts(), types(it.out())], ['unknown', false, ['still here/unsent'], ['hello']]);
    it.hear(WELCOME);
    it.do('startAnew');
    it.do('enter', 'refund', '환불');
    it.hear({ ...QUEUED, chat: 'chat2' }, agentSays(1, 'hello', 'chat2'));
    same([it.link.chat.id, it.texts()], ['chat2', ['hello']]);
  },
};
