// The link's rules as scenarios: what comes in, what must go out. Run in the browser by test_link.py.

import { Link } from './link.js';

/** A link with a clock that only the test moves, and ids c1, c2, … */
function begin(options = {}) {
  let made = 0;
  const at = { now: 0 };
  const link = new Link({ lang: 'ko', random: () => 0, makeID: () => `c${(made += 1)}`, ...options });
  const sent = [];
  const take = () => {
    const effects = link.take();
    for (const effect of effects) sent.push(effect.do === 'send' ? JSON.parse(effect.text) : effect.do);
  };
  return {
    link, at,
    /** Everything that went out since the last look. */
    out: () => sent.splice(0),
    do: (name, ...values) => { const value = link[name](...values); take(); return value; },
    hear: (...messages) => {
      for (const message of messages) link.received(JSON.stringify(message), at.now);
      take();
    },
    wait: (milliseconds) => { at.now += milliseconds; link.tick(at.now); take(); },
    texts: () => link.chat.entries.filter((entry) => entry.from !== 'event').map(({ text, state }) => `${text}${state ? `/${state}` : ''}`),
  };
}

const WELCOME = { type: 'welcome', session: 's', token: 't', lang: 'ko', protocol: 1 };
const TOPICS = { type: 'topics', topics: [{ id: 'refund', label: '환불', queue: 'q', open: true, waiting: 0 }], contacts: [] };
const QUEUED = { type: 'queued', chat: 'chat1', queue: 'q', position: 1, wait: null, on_duty: true };
const STARTED = { type: 'started', chat: 'chat1', agent: 'kim', seq: 3 };
const AT = '2026-11-22T08:00:00.000Z';

function agentSays(seq, text, chat = 'chat1') {
  return { type: 'message', chat, seq, from: 'agent', name: 'kim', text, at: AT };
}

function connect(it) {
  it.do('connect', it.at.now);
  it.do('opened', it.at.now);
}

/** In a chat with kim. */
function chatting(options) {
  const it = begin(options);
  connect(it);
  it.hear(WELCOME, TOPICS);
  it.do('enter', 'refund', '환불', 0);
  it.hear(QUEUED, STARTED);
  it.out();
  return it;
}

function same(found, wanted) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`found ${a}, wanted ${b}`);
}

const types = (messages) => messages.map((message) => message.type ?? message);

export const scenarios = {
  'a stranger says hello, asks for topics, enters': () => {
    const it = begin();
    connect(it);
    same(it.out(), ['connect', { type: 'hello', role: 'customer', lang: 'ko' }]);
    it.hear(WELCOME);
    same(types(it.out()), ['topics']);
    it.do('enter', 'refund', '환불', 0);
    same(it.out(), [{ type: 'enter', topic: 'refund' }]);
    it.hear(QUEUED);
    same([it.link.chat.id, it.link.chat.phase], ['chat1', 'waiting']);
  },

  'words before the place is known wait for it': () => {
    const it = begin();
    connect(it);
    it.hear(WELCOME, TOPICS);
    it.do('enter', 'refund', '환불', 0);
    it.do('say', '안녕', AT);
    same(types(it.out()).includes('say'), false);
    it.hear(QUEUED);
    same(it.out().at(-1), { type: 'say', id: 'c1', chat: 'chat1', text: '안녕' });
  },

  'one message is under way at a time, in order': () => {
    const it = chatting();
    it.do('say', 'a', AT);
    it.do('say', 'b', AT);
    same(it.out().map((message) => message.text), ['a']);
    it.hear({ type: 'ack', chat: 'chat1', id: 'c1', seq: 4 });
    same(it.out().map((message) => message.text), ['b']);
    same(it.texts(), ['a/saved', 'b/sending']);
  },

  'a lost line: resume after the last seq, say the unacknowledged again with its id': () => {
    const it = chatting();
    it.hear(agentSays(4, '네'));
    it.do('say', 'a', AT);
    it.out();
    it.do('closed', 0);
    it.wait(500);
    it.do('opened', it.at.now);
    same(it.out(), ['connect', { type: 'hello', role: 'customer', lang: 'ko', resume: 't', after: 4 }]);
    it.hear(WELCOME);
    same(it.out().filter(({ type }) => type === 'say').map(({ id }) => id), ['c1']);
  },

  'the ack was lost, not the message: the replay settles it, and it is shown once': () => {
    const it = chatting();
    it.do('say', 'a', AT);
    it.do('closed', 0);
    it.wait(500);
    it.do('opened', it.at.now);
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
    it.do('say', 'mine', AT);
    it.hear(agentSays(4, 'first'));
    same(it.texts(), ['first', 'mine/sending']);
    it.hear({ type: 'ack', chat: 'chat1', id: 'c1', seq: 5 }, agentSays(6, 'last'));
    same(it.texts(), ['first', 'mine/saved', 'last']);
  },

  'too fast: the same words again after retry_after, not overtaken by the next': () => {
    const it = chatting();
    it.do('say', 'a', AT);
    it.do('say', 'b', AT);
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
    it.do('say', 'a', AT);
    it.hear({ type: 'error', code: 'storage_full', message: 'voll', id: 'c1' });
    it.out();
    same([it.texts(), it.link.notice.code], [['a/sending'], 'storage_full']);
    it.wait(5000);
    same(it.out().map(({ id }) => id), ['c1']);
    it.hear({ type: 'ack', chat: 'chat1', id: 'c1', seq: 4 });
    same([it.texts(), it.link.notice], [['a/saved'], null]);
  },

  'refused words are shown as unsent and can be taken back': () => {
    const it = chatting();
    it.do('say', 'a', AT);
    it.do('say', 'b', AT);
    it.hear({ type: 'error', code: 'too_long', message: 'zu lang', id: 'c1' });
    same([it.texts(), it.out().at(-1).id], [['a/unsent', 'b/sending'], 'c2']);
    same([it.do('takeBack', 'c1'), it.texts()], ['a', ['b/sending']]);
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
      it.do('wake', 0, isAsked);
      same([code, isAsked, it.link.phase], [code, isAsked, phase]);
    }
  },

  'the chat is over and forgotten: told, words unsent, a stranger again': () => {
    const it = chatting();
    it.do('say', 'a', AT);
    it.do('closed', 0);
    it.wait(500);
    it.do('opened', it.at.now);
    it.out();
    it.hear({ type: 'error', code: 'unknown_token', message: '' });
    same([it.link.chat.reason, it.texts(), it.out()], ['unknown', ['a/unsent'], [{ type: 'hello', role: 'customer', lang: 'ko' }]]);
  },

  'the line is lost while entering: entered again, once': () => {
    const it = begin();
    connect(it);
    it.hear(WELCOME, TOPICS);
    it.do('enter', 'refund', '환불', 0);
    it.do('closed', 0);
    it.wait(500);
    it.do('opened', it.at.now);
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
    it.do('enter', 'refund', '환불', 0);
    it.do('closed', 0);
    it.wait(500);
    it.do('opened', it.at.now);
    it.hear(WELCOME, QUEUED, { type: 'error', code: 'already_in_chat', message: '' });
    same([it.link.chat.id, it.link.notice], ['chat1', null]);
  },

  'given up before the server heard of it: gone at once': () => {
    const it = begin();
    it.do('connect', 0);
    it.do('enter', 'refund', '환불', 0);
    it.do('leave');
    same([it.link.chat, types(it.out())], [null, ['connect']]);
  },

  'given up while offline: left after the resume': () => {
    const it = chatting();
    it.do('closed', 0);
    it.do('leave');
    it.wait(500);
    it.do('opened', it.at.now);
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
    it.do('enter', 'refund', '환불', 0);
    it.hear({ type: 'error', code: 'queue_full', message: '꽉 찼어요', open: [] });
    same([it.link.chat, it.link.notice.message], [null, '꽉 찼어요']);
  },

  'a reload: the words come from the server, the unsaved from the snapshot': () => {
    const it = chatting();
    it.hear(agentSays(4, 'old'));
    it.do('say', 'kept', AT);
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
    it.do('closed', 0);
    it.do('tell', { when: 'b' });
    const saved = JSON.parse(JSON.stringify(it.link.snapshot()));
    const next = begin({ saved });
    connect(next);
    next.hear(WELCOME, STARTED);
    const asked = next.out().filter(({ type }) => type === 'intake').map(({ intake }) => intake);
    same([asked, next.link.chat.intakeStep], [[{ what: 'a' }, { when: 'b' }], 2]);
    next.hear({ type: 'ok', for: 'intake', chat: 'chat1' });
    same(next.link.snapshot().asks.map(({ message }) => message.intake), [{ when: 'b' }]);
  },

  'an agent is lost and another takes over': () => {
    const it = chatting();
    it.hear({ type: 'party', chat: 'chat1', who: 'agent', state: 'away' });
    same(it.link.chat.isAgentAway, true);
    it.hear({ ...QUEUED, position: 1 }, { ...STARTED, agent: 'lee', seq: 9 });
    const codes = it.link.chat.entries.map((entry) => entry.code);
    same([codes, it.link.chat.agent], [['started', 'agentAway', 'looking', 'handedOver'], 'lee']);
  },

  'the back-off doubles up to half a minute, in the upper half of it': () => {
    for (const [random, wanted] of [[0, [250, 500, 1000, 2000, 4000, 8000, 15000, 15000]], [1, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]]]) {
      const it = begin({ random: () => random });
      it.do('connect', 0);
      const delays = wanted.map(() => {
        it.do('closed', it.at.now);
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

  'a timer that slept blames nobody': () => {
    const it = chatting();
    it.wait(25_000);
    it.out();
    it.wait(600_000);
    same([it.out(), it.link.phase], [[{ type: 'ping', n: 2 }], 'online']);
  },

  'typing: only changes are told, words end it, silence ends it': () => {
    const it = chatting();
    it.do('typed', true, 0);
    it.do('typed', true, 100);
    same(it.out(), [{ type: 'typing', on: true }]);
    it.do('say', 'a', AT);
    it.do('typed', false, 200);
    same(it.out().filter(({ type }) => type === 'typing'), []);
    it.do('typed', true, 300);
    it.wait(4300);
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
    it.hear({ type: 'ended', chat: 'chat1', reason: 'agent_ended', receipt: 'R' });
    it.do('startAnew', 0);
    it.do('enter', 'refund', '환불', 0);
    it.hear(agentSays(4, 'old'), { type: 'ended', chat: 'chat1', reason: 'agent_ended', receipt: 'R' });
    same([it.link.chat.phase, it.texts()], ['entering', []]);
    it.hear({ ...QUEUED, chat: 'chat2' }, agentSays(1, 'new', 'chat2'), agentSays(6, 'old'));
    same(it.texts(), ['new']);
  },

  'a rating is repeated until it is taken, and refused without a word when it is too late': () => {
    const it = chatting();
    it.hear({ type: 'ended', chat: 'chat1', reason: 'agent_ended', receipt: 'R' });
    it.do('rate', 5, 'gut', 0);
    it.do('closed', 0);
    it.wait(500);
    it.do('opened', it.at.now);
    it.out();
    it.hear(WELCOME);
    same(it.out().filter(({ type }) => type === 'rate'), [{ type: 'rate', score: 5, comment: 'gut' }]);
    it.hear({ type: 'error', code: 'nothing_to_rate', message: '' });
    same([it.link.chat.rating, it.link.notice], ['closed', null]);
  },

  'the language goes with the hello, to the chat, and again after a lost line': () => {
    const it = chatting();
    it.do('changeLanguage', 'en', 0);
    same(it.out()[0], { type: 'lang', lang: 'en' });
    it.do('closed', 0);
    it.wait(500);
    it.do('opened', it.at.now);
    same(it.out().at(-1).lang, 'en');
    it.hear(WELCOME);
    same(it.out().filter(({ type }) => type === 'lang').length, 1);
    it.hear({ type: 'ok', for: 'lang' });
    same(it.link.snapshot().asks, []);
  },

  'nonsense from the server changes nothing': () => {
    const it = chatting();
    for (const data of ['', 'null', '[]', '{}', '{"type":"message"}', '{"type":"ack","chat":"chat1"}', '{"type":7}']) {
      it.link.received(data, 0);
    }
    same([it.texts(), it.link.phase], [[], 'online']);
  },
};
