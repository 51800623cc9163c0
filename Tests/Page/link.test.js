// The link's rules as scenarios: what comes in, what must go out. Run in the browser by test_link.py.

import {
  AT, ENDED, QUEUED, STARTED, TOPICS, WELCOME, agentSays, begin, chatting, connect, reconnect, same, types,
} from './scenarios.js';

export const scenarios = {
  'a stranger says hello, asks for topics, enters': () => {
    const it = begin();
    connect(it);
    same(it.out(), ['connect', { type: 'hello', role: 'customer', lang: 'ko' }]);
    it.hear(WELCOME);
    same(types(it.out()), ['topics']);
    it.do('enter', 'refund', '환불');
    same(it.out(), [{ type: 'enter', topic: 'refund' }]);
    it.hear(QUEUED);
    same([it.link.chat.id, it.link.chat.phase], ['chat1', 'waiting']);
  },

  'words before the place is known wait for it': () => {
    const it = begin();
    connect(it);
    it.hear(WELCOME, TOPICS);
    it.do('enter', 'refund', '환불');
    it.do('say', '안녕');
    same(types(it.out()).includes('say'), false);
    it.hear(QUEUED);
    same(it.out().at(-1), { type: 'say', id: 'c1', chat: 'chat1', text: '안녕' });
  },

  'one message is under way at a time, in order': () => {
    const it = chatting();
    it.do('say', 'a');
    it.do('say', 'b');
    same(it.out().map((message) => message.text), ['a']);
    it.hear({ type: 'ack', chat: 'chat1', id: 'c1', seq: 4 });
    same(it.out().map((message) => message.text), ['b']);
    same(it.texts(), ['a/saved', 'b/sending']);
  },

  'a lost line: resume after the last seq, say the unacknowledged again with its id': () => {
    const it = chatting();
    it.hear(agentSays(4, '네'));
    it.do('say', 'a');
    it.out();
    reconnect(it);
    same(it.out(), ['connect', { type: 'hello', role: 'customer', lang: 'ko', resume: 't', after: 4 }]);
    it.hear(WELCOME);
    same(it.out().filter(({ type }) => type === 'say').map(({ id }) => id), ['c1']);
  },

  'the ack was lost, not the message: the replay settles it, and it is shown once': () => {
    const it = chatting();
    it.do('say', 'a');
    reconnect(it);
    const own = { type: 'message', chat: 'chat1', seq: 4, from: 'customer', name: null, id: 'c1', text: 'a', at: AT };
    it.hear(WELCOME, STARTED, own, agentSays(5, '네'), { type: 'ack', chat: 'chat1', id: 'c1', seq: 4 });
    same(it.texts(), ['a/saved', '네']);
    same(it.link.chat.lastSeq, 5);
  },

  'what the server repeats is shown once': () => {
    const it = chatting();
    it.hear(agentSays(4, 'x'), agentSays(4, 'x'), STARTED, agentSays(5, 'y'), agentSays(4, 'x'));
    same(it.texts(), ['x', 'y']);
    same(it.link.chat.entries.filter((entry) => entry.from === 'event').length, 1);
  },

  'words stand in seq order; what is on its way stands last': () => {
    const it = chatting();
    it.do('say', 'mine');
    it.hear(agentSays(4, 'first'));
    same(it.texts(), ['first', 'mine/sending']);
    it.hear({ type: 'ack', chat: 'chat1', id: 'c1', seq: 5 }, agentSays(6, 'last'));
    same(it.texts(), ['first', 'mine/saved', 'last']);
  },

  'after an ended chat all of another one is asked for': () => {
    const it = chatting();
    it.hear(agentSays(4, 'a'), agentSays(40, 'b'), ENDED);
    reconnect(it);
    same(it.out().at(-1).after, 0);
    it.hear(WELCOME, { ...STARTED, chat: 'chat2' }, agentSays(4, 'new', 'chat2'));
    same([it.link.chat.id, it.texts()], ['chat2', ['new']]);
  },

  'the other tab began another chat meanwhile: asked for from its beginning, unsaid words kept': () => {
    const it = chatting();
    it.hear(agentSays(4, 'old'));
    it.do('closed');
    it.do('say', 'still to say');
    it.wait(500);
    it.do('opened');
    it.out();
    it.hear(WELCOME, { ...STARTED, chat: 'chat2' }, agentSays(5, 'the first ones are missing', 'chat2'));
    same([it.out().at(-1), it.do('takeUnsaid')], ['close', 'still to say']);
    it.wait(500);
    it.do('opened');
    same(it.out().at(-1).after, 0);
    it.hear(WELCOME, { ...STARTED, chat: 'chat2' }, agentSays(4, 'first', 'chat2'), agentSays(5, 'second', 'chat2'));
    same(it.texts(), ['first', 'second']);
  },

  'one\'s own words have the server\'s time': () => {
    // A clock that is wrong by 26 hours, either way.
    for (const hours of [26, -26]) {
      const it = begin({ clock: () => Date.parse(AT) + hours * 3_600_000 });
      connect(it);
      it.hear({ ...WELCOME, at: AT }, TOPICS);
      it.do('enter', 'refund', '환불');
      it.hear(QUEUED, STARTED);
      it.do('say', 'a');
      same([hours, it.link.chat.entries.at(-1).at], [hours, AT]);
    }
  },

  'nothing was said in the future': () => {
    const it = chatting({ clock: () => Date.parse(AT) - 1000 });
    it.hear(agentSays(4, 'a'), { ...agentSays(5, 'b'), at: '2026-11-22T07:00:00.000Z' });
    it.do('say', 'c');
    same(it.link.chat.entries.at(-1).at, AT);
  },

  'a transfer during a reload is not told above words that are still to come': () => {
    const it = chatting();
    const next = begin({ saved: JSON.parse(JSON.stringify(it.link.snapshot())) });
    connect(next);
    next.hear(WELCOME, QUEUED, agentSays(4, 'old'), { ...STARTED, agent: 'lee', seq: 9 });
    same([next.link.chat.entries.map(({ code, text }) => code ?? text), next.link.chat.agent], [['old', 'started'], 'lee']);
  },

  'a reload: the words come from the server, the unsaved from the snapshot': () => {
    const it = chatting();
    it.hear(agentSays(4, 'old'));
    it.do('say', 'kept');
    const saved = JSON.parse(JSON.stringify(it.link.snapshot()));
    const next = begin({ saved });
    connect(next);
    same(next.out().at(-1), { type: 'hello', role: 'customer', lang: 'ko', resume: 't', after: 0 });
    next.hear(WELCOME, STARTED, agentSays(4, 'old'));
    same(next.texts(), ['old', 'kept/sending']);
    same(next.out().filter(({ type }) => type === 'say').map(({ id }) => id), ['c1']);
  },

  'answers are kept until the server has them': () => {
    const it = chatting();
    it.do('tell', { what: 'a' });
    it.do('closed');
    it.do('tell', { when: 'b' });
    const saved = JSON.parse(JSON.stringify(it.link.snapshot()));
    const next = begin({ saved });
    connect(next);
    next.hear(WELCOME, STARTED);
    const asked = next.out().filter(({ type }) => type === 'intake').map(({ intake }) => intake);
    same([asked, next.link.chat.intakeStep], [[{ what: 'a' }, { when: 'b' }], 2]);
    next.hear({ type: 'ok', for: 'intake', chat: 'chat1' });
    same(next.link.snapshot().asks.map(({ message }) => message.intake), [{ when: 'b' }]);
    // And stay with the page from then on, but for a refused one.
    next.hear({ type: 'error', code: 'bad_field', message: '' });
    same([next.link.chat.answers, next.link.snapshot().chat.answers], [{ what: 'a' }, { what: 'a' }]);
    same(begin({ saved: next.link.snapshot() }).link.chat.answers, { what: 'a' });
  },

  'an agent is lost and another takes over': () => {
    const it = chatting();
    it.hear({ type: 'party', chat: 'chat1', who: 'agent', state: 'away' });
    same(it.link.chat.isAgentAway, true);
    it.hear({ ...QUEUED, position: 1 }, { ...STARTED, agent: 'lee', seq: 9 });
    const codes = it.link.chat.entries.map((entry) => entry.code);
    same([codes, it.link.chat.agent], [['started', 'agentAway', 'looking', 'handedOver'], 'lee']);
  },

  'typing: only changes are told, words end it, silence ends it': () => {
    const it = chatting();
    it.do('typed', true);
    it.do('typed', true);
    same(it.out(), [{ type: 'typing', on: true }]);
    it.do('say', 'a');
    it.do('typed', false);
    same(it.out().filter(({ type }) => type === 'typing'), []);
    it.do('typed', true);
    it.wait(4000);
    same(it.out(), [{ type: 'typing', on: true }, { type: 'typing', on: false }]);
  },

  'seen is told once for each step forward': () => {
    const it = chatting();
    it.hear(agentSays(4, 'a'), agentSays(5, 'b'));
    it.do('sawAll');
    it.do('sawAll');
    same(it.out(), [{ type: 'seen', seq: 5 }]);
    it.hear({ type: 'seen', chat: 'chat1', who: 'agent', seq: 7 });
    same(it.link.chat.seenByOther, 7);
  },

  'a new chat shows nothing of the old one': () => {
    const it = chatting();
    it.hear(ENDED);
    it.do('startAnew');
    it.do('enter', 'refund', '환불');
    it.hear(agentSays(4, 'old'), ENDED);
    same([it.link.chat.phase, it.texts()], ['entering', []]);
    it.hear({ ...QUEUED, chat: 'chat2' }, agentSays(1, 'new', 'chat2'), agentSays(6, 'old'));
    same(it.texts(), ['new']);
  },

  'the language goes with the hello, to the chat, and again after a lost line': () => {
    const it = chatting();
    it.do('changeLanguage', 'en');
    same(it.out()[0], { type: 'lang', lang: 'en' });
    reconnect(it);
    same(it.out().at(-1).lang, 'en');
    it.hear(WELCOME);
    same(it.out().filter(({ type }) => type === 'lang').length, 1);
    it.hear({ type: 'ok', for: 'lang' });
    same(it.link.snapshot().asks, []);
  },
};
