// The link's scenarios when something goes wrong: lines that break, a server that refuses, a page that was left.

import {
  ENDED, QUEUED, STARTED, TOPICS, WELCOME, begin, chatting, connect, reconnect, same, types,
} from './scenarios.js';

export const scenarios = {
  'too fast: the same words again after retry_after, not overtaken by the next': () => {
    const it = chatting();
    it.do('say', 'a');
    it.do('say', 'b');
    it.out();
    it.hear({ type: 'error', code: 'rate_limited', message: '', id: 'c1', retry_after: 0.4 });
    same([it.out(), it.link.isPaced, it.texts()], [[], true, ['a/sending', 'b/sending']]);
    it.wait(399);
    same(it.out(), []);
    it.wait(1);
    same(it.out().map(({ id }) => id), ['c1']);
    same(it.link.isPaced, false);
  },

  'a full disk: kept and tried again': () => {
    const it = chatting();
    it.do('say', 'a');
    it.hear({ type: 'error', code: 'storage_full', message: 'voll', id: 'c1' });
    it.out();
    same([it.texts(), it.link.notice.code], [['a/sending'], 'storage_full']);
    it.wait(5000);
    same(it.out().map(({ id }) => id), ['c1']);
    it.hear({ type: 'ack', chat: 'chat1', id: 'c1', seq: 4 });
    same([it.texts(), it.link.notice], [['a/saved'], null]);
  },

  'refused words are shown as unsent and can be taken back': () => {
    for (const code of ['too_long', 'empty']) {
      const it = chatting();
      it.do('say', 'a');
      it.do('say', 'b');
      it.hear({ type: 'error', code, field: 'text', message: 'nein', id: 'c1' });
      same([code, it.texts(), it.out().at(-1).id, it.link.notice.message], [code, ['a/unsent', 'b/sending'], 'c2', 'nein']);
      // Not by itself again, on no line.
      reconnect(it);
      it.hear(WELCOME);
      it.out();
      it.hear({ type: 'ack', chat: 'chat1', id: 'c2', seq: 5 });
      it.wait(30_000);
      same([code, types(it.out()).filter((type) => type === 'say')], [code, []]);
      same([code, it.do('takeBack', 'c1'), it.texts()], [code, 'a', ['b/saved']]);
    }
  },

  'bye: come back, or not': () => {
    for (const [code, reconnect, isAsked, phase] of [
      ['shutting_down', true, false, 'connecting'], ['too_slow', true, false, 'connecting'],
      ['idle', false, false, 'connecting'], ['replaced', false, false, 'stopped'], ['replaced', false, true, 'connecting'],
    ]) {
      const it = chatting();
      it.hear({ type: 'bye', code, message: '', reconnect });
      same([code, it.out()], [code, ['close']]);
      same([code, it.link.phase], [code, reconnect ? 'waiting' : 'stopped']);
      it.link.wake(0, isAsked);
      same([code, isAsked, it.link.phase], [code, isAsked, phase]);
    }
  },

  'the chat is over and forgotten: told, words unsent, a stranger again': () => {
    const it = chatting();
    it.do('say', 'a');
    reconnect(it);
    it.out();
    it.hear({ type: 'error', code: 'unknown_token', message: '' });
    same([it.link.chat.reason, it.texts(), it.out()], ['unknown', ['a/unsent'], [{ type: 'hello', role: 'customer', lang: 'ko' }]]);
  },

  'the line is lost while entering: entered again, once': () => {
    const it = begin();
    connect(it);
    it.hear(WELCOME, TOPICS);
    it.do('enter', 'refund', '환불');
    reconnect(it);
    it.out();
    it.hear({ type: 'error', code: 'unknown_token', message: '' }, WELCOME);
    same(types(it.out()), ['hello', 'enter', 'topics']);
    it.hear(QUEUED);
    same(it.link.chat.id, 'chat1');
  },

  'entered already when the line was lost: the second enter is no fault': () => {
    const it = begin();
    connect(it);
    it.hear(WELCOME, TOPICS);
    it.do('enter', 'refund', '환불');
    reconnect(it);
    it.hear(WELCOME, QUEUED, { type: 'error', code: 'already_in_chat', message: '' });
    same([it.link.chat.id, it.link.notice], ['chat1', null]);
  },

  'given up before the server heard of it: gone at once': () => {
    const it = begin();
    it.do('connect');
    it.do('enter', 'refund', '환불');
    it.do('leave');
    same([it.link.chat, types(it.out())], [null, ['connect']]);
  },

  'given up while offline: left after the resume': () => {
    const it = chatting();
    it.do('closed');
    it.do('leave');
    it.wait(500);
    it.do('opened');
    it.out();
    it.hear(WELCOME, STARTED);
    same(types(it.out()).includes('leave'), true);
    it.hear({ type: 'ended', chat: 'chat1', reason: 'customer_left', receipt: 'R' });
    same([it.link.chat.phase, it.link.chat.receipt], ['ended', 'R']);
  },

  'a full queue: back to the topics with the reason': () => {
    const it = begin();
    connect(it);
    it.hear(WELCOME, TOPICS);
    it.do('enter', 'refund', '환불');
    it.hear({ type: 'error', code: 'queue_full', message: '꽉 찼어요', open: [] });
    same([it.link.chat, it.link.notice.message], [null, '꽉 찼어요']);
  },

  'refused at the door: what was written for the chat is given back': () => {
    for (const code of ['queue_full', 'unknown_topic']) {
      const it = begin();
      connect(it);
      it.hear(WELCOME, TOPICS);
      it.do('enter', 'refund', '환불');
      it.do('tell', { what: 'my refund' });
      it.do('say', 'a long');
      it.do('say', 'story');
      it.hear({ type: 'error', code, message: '', open: [] });
      it.out();
      same([code, it.link.chat, it.do('takeUnsaid'), it.do('takeUnsaid')], [code, null, 'my refund\na long\nstory', '']);
      // Nothing of it goes with the next chat by itself.
      it.do('enter', 'refund', '환불');
      it.hear(QUEUED);
      same(types(it.out()), ['enter']);
    }
  },

  'what another version of the page saved is left alone': () => {
    const form = chatting().link.snapshot();
    for (const saved of [
      { token: 't', chat: { id: 'chat1', phase: 'active' }, asks: [] }, { ...form, form: 0 }, { ...form, chat: {} },
      { ...form, asks: 7 }, 'text', 7, [],
    ]) {
      const it = begin({ saved });
      connect(it);
      same(it.out().at(-1), { type: 'hello', role: 'customer', lang: 'ko' });
      same(it.link.chat, null);
    }
  },

  'the limit of a message is the server\'s': () => {
    const it = begin();
    connect(it);
    same(it.link.textBytes, 4000);
    it.hear({ ...WELCOME, text_bytes: 500 });
    same(it.link.textBytes, 500);
  },

  'what cannot be read is asked once': () => {
    for (const code of ['empty', 'too_long', 'bad_json', 'bad_utf8', 'bad_field']) {
      const it = chatting();
      it.do('tell', { what: 'a' });
      it.hear({ type: 'error', code, message: '' }, ENDED);
      it.do('rate', 5, 'b');
      it.do('rate', 5, 'b');
      same([code, types(it.out())], [code, ['intake', 'rate']]);
      it.hear({ type: 'error', code, message: '' });
      same([code, it.link.chat.rating, it.link.snapshot().asks], [code, null, []]);
      reconnect(it);
      it.out();
      it.hear(WELCOME);
      same([code, types(it.out())], [code, []]);
    }
  },

  'the back-off doubles up to half a minute, in the upper half of it': () => {
    for (const [random, wanted] of [[0, [250, 500, 1000, 2000, 4000, 8000, 15000, 15000]], [1, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]]]) {
      const it = begin({ random: () => random });
      it.do('connect');
      const delays = wanted.map(() => {
        it.do('closed');
        const delay = it.link.deadline - it.at.now;
        it.wait(delay);
        return delay;
      });
      same(delays, wanted);
    }
  },

  'a silent server is asked, and given up when it does not answer': () => {
    const it = chatting();
    it.wait(25_000);
    same(it.out(), [{ type: 'ping', n: 1 }]);
    it.hear({ type: 'pong', n: 1 });
    it.wait(25_000);
    same(it.out(), [{ type: 'ping', n: 2 }]);
    it.wait(10_000);
    same([it.out(), it.link.phase], [['close'], 'waiting']);
  },

  'a dead line is found soon when something is unanswered': () => {
    const it = chatting();
    it.wait(20_000);
    it.do('say', 'a');
    it.out();
    it.wait(4999);
    same(it.out(), []);
    it.wait(1);
    same(it.out(), [{ type: 'ping', n: 1 }]);
    it.wait(4999);
    same([it.out(), it.link.phase], [[], 'online']);
    it.wait(1);
    same([it.out(), it.link.phase], [['close'], 'waiting']);
  },

  'the network is back: a ping that is out has three more seconds': () => {
    const it = chatting();
    it.wait(25_000);
    it.wait(1000);
    it.do('wake');
    same(types(it.out()), ['ping', 'ping']);
    it.wait(2999);
    same(it.out(), []);
    it.wait(1);
    same(it.out(), ['close']);
  },

  'a timer that slept blames nobody': () => {
    const it = chatting();
    it.wait(25_000);
    it.out();
    it.wait(600_000);
    same([it.out(), it.link.phase], [[{ type: 'ping', n: 2 }], 'online']);
  },

  'a rating is repeated until it is taken; too late, it is refused without a word': () => {
    const it = chatting();
    it.hear(ENDED);
    it.do('rate', 5, 'gut');
    reconnect(it);
    it.out();
    it.hear(WELCOME);
    same(it.out().filter(({ type }) => type === 'rate'), [{ type: 'rate', score: 5, comment: 'gut' }]);
    // The answer was lost, not the rating.
    it.hear({ type: 'error', code: 'nothing_to_rate', message: '' });
    same([it.link.chat.rating, it.link.notice], ['done', null]);

    const late = chatting();
    late.hear(ENDED);
    late.do('rate', 5, '');
    late.hear({ type: 'error', code: 'nothing_to_rate', message: '' });
    same([late.link.chat.rating, late.link.notice], ['closed', null]);
  },

  'a notice that changes is asked about anew, and its topic waits': () => {
    const it = begin();
    connect(it);
    const topics = (version) => ({ ...TOPICS, privacy: { version, text: '안내', consent: true } });
    it.hear(WELCOME, topics('a'));
    it.out();
    it.do('choose', 'refund', '환불');
    same([it.link.chat, it.link.step, it.out()], [null, 'consent', []]);
    it.do('agree', 'another');
    same(it.out(), []);
    it.do('agree', 'a');
    same(it.out(), [{ type: 'enter', topic: 'refund', consent: 'a' }]);
    it.hear({ type: 'error', code: 'consent_required', message: '먼저 동의해 주세요.' });
    same([it.link.chat, it.link.wish.id, types(it.out())], [null, 'refund', ['topics']]);
    it.hear(topics('b'));
    it.do('agree', 'b');
    same(it.out(), [{ type: 'enter', topic: 'refund', consent: 'b' }]);
    it.hear(QUEUED);
    same([it.link.chat.phase, it.link.wish], ['waiting', null]);
    it.hear(ENDED);
    it.do('startAnew');
    it.out();
    // On this page one has agreed already.
    it.do('choose', 'refund', '환불');
    same(it.out(), [{ type: 'enter', topic: 'refund', consent: 'b' }]);
  },

  'nonsense from the server changes nothing': () => {
    const it = chatting();
    for (const data of ['', 'null', '[]', '{}', '{"type":"message"}', '{"type":"ack","chat":"chat1"}', '{"type":7}']) {
      it.link.received(data, 0);
    }
    same([it.texts(), it.link.phase], [[], 'online']);
  },
};
