// The link's scenarios with questions that are answered later: left once, found again, added to once.

import { Inquiries } from './inquiries.js';
import { AT, ENDED, STARTED, TOPICS, WELCOME, begin, connect, reconnect, same, types, waiting } from './scenarios.js';

const RECEIPT = '7K2M-Q9XC-04TD';
const NOTICE = { type: 'inquiry', inquiry: 'i1', receipt: RECEIPT, state: 'open', queue: 'q', topic: 'refund', at: AT, due: AT, mail: false };
const said = (seq, text, from = 'agent') => ({ type: 'message', chat: 'i1', seq, from, name: null, text, at: AT });

/** With the part of the page that knows inquiries, as after the first reach for a topic. */
function ready(it = begin(), known = null) {
  it.link.inquiries = new Inquiries(known);
  it.act = (name, ...values) => {
    it.link.inquiries[name](it.link, ...values, it.at.now);
    it.wait(0);
  };
  return it;
}

function looking(known) {
  const it = ready(begin(), known);
  connect(it);
  it.hear(WELCOME, TOPICS);
  it.out();
  return it;
}

/** The form is filled and sent. */
function leaving() {
  const it = looking();
  it.act('open', 'inquire', 'refund');
  it.act('submit', { topic: 'refund', text: '언제요?', email: '' });
  return it;
}

/** The inquiry is in view. */
function reading() {
  const it = looking();
  it.act('read', RECEIPT);
  it.hear(NOTICE, said(2, '언제요?', 'customer'));
  it.out();
  return it;
}

const view = ({ link }) => link.inquiries.view;
const texts = ({ link }) => link.inquiries.thread.entries.map(({ text }) => text);

export const scenarios = {
  'a question is left: its receipt is in view, and its form is empty': () => {
    const it = leaving();
    same(it.out(), [{ type: 'inquire', id: 'c1', text: '언제요?', topic: 'refund' }]);
    same(it.link.isLeaving, true);
    it.hear(NOTICE);
    same([view(it), it.link.isLeaving, it.link.inquiries.draft.text], ['left', false, '']);
    same(it.link.inquiries.known, [{ receipt: RECEIPT, label: '환불' }]);
  },

  'the line breaks before the answer: the same customer says it again with the same id': () => {
    const it = leaving();
    it.out();
    reconnect(it);
    same(it.out(), ['connect', { type: 'hello', role: 'customer', lang: 'ko', resume: 't', after: 0 }]);
    it.hear(WELCOME);
    same(it.out().filter(({ type }) => type === 'inquire').map(({ id }) => id), ['c1']);
  },

  'over a reload, too: it goes out once the page knows inquiries': () => {
    const before = leaving();
    const saved = JSON.parse(JSON.stringify(before.link.snapshot()));
    const it = begin({ saved });
    connect(it);
    same(it.out().at(-1).resume, 't');
    it.hear(WELCOME);
    same(types(it.out()).includes('inquire'), false);
    ready(it);
    it.do('pump');
    same(it.out().map(({ id }) => id), ['c1']);
    it.hear(NOTICE);
    same([view(it), it.link.snapshot()], ['left', null]);
  },

  'what the server has against it is told at the form, with all that was written': () => {
    for (const [code, field, fault] of [
      ['bad_field', 'email', 'email'], ['too_long', 'text', 'text'], ['queue_full', undefined, undefined],
    ]) {
      const it = leaving();
      it.hear({ type: 'error', code, field, message: 'no', id: field ? undefined : 'c1' });
      same([view(it), it.link.inquiries.fault.field, it.link.inquiries.draft.text], ['inquire', fault, '언제요?']);
      same(it.link.isLeaving, false);
    }
  },

  'too many in an hour is no pause: nothing else waits for it': () => {
    const it = leaving();
    it.hear({ type: 'error', code: 'rate_limited', id: 'c1', retry_after: 1801 });
    same([it.link.inquiries.fault.minutes, it.link.isPaced], [31, false]);
    const other = leaving();
    other.hear({ type: 'error', code: 'rate_limited', id: 'c1', retry_after: 0.5 });
    same([other.link.inquiries.fault, other.link.isPaced, other.link.isLeaving], [null, true, true]);
  },

  'a full disk: it is said again': () => {
    const it = leaving();
    it.out();
    it.hear({ type: 'error', code: 'storage_full', id: 'c1', message: 'full' });
    it.wait(5000);
    same(it.out().filter(({ type }) => type === 'inquire').map(({ id }) => id), ['c1']);
  },

  'consent and required answers stand between form and server': () => {
    const it = ready();
    connect(it);
    const topic = { ...TOPICS.topics[0], intake: [{ id: 'when', required: true, kind: 'date', label: '언제' }] };
    it.hear(WELCOME, { ...TOPICS, topics: [topic], privacy: { version: 'v', consent: true, text: 'x' } });
    it.act('submit', { topic: 'refund', text: '언제요?', email: 'a@b.example' });
    same([it.link.step, view(it)], ['consent', null]);
    it.do('agree', 'v');
    same(it.link.step, 'questions');
    it.out();
    it.do('answerFirst', { when: '어제' });
    same(it.out(), [{ type: 'inquire', id: 'c1', text: '언제요?', topic: 'refund', email: 'a@b.example', consent: 'v', intake: { when: '어제' } }]);
    // They are others now.
    it.hear({ type: 'error', code: 'consent_required', id: 'c1' });
    same([it.link.step, it.link.inquiries.draft.text], ['consent', '언제요?']);
  },

  'a closed topic keeps no question away': () => {
    const it = ready();
    connect(it);
    it.hear(WELCOME, { ...TOPICS, topics: [{ ...TOPICS.topics[0], state: 'closed', open: false, offers: ['inquiry'] }] });
    it.do('choose', 'refund', '환불');
    same(it.link.step, 'closed');
    it.out();
    it.act('open', 'inquire', 'refund');
    it.act('submit', { topic: 'refund', text: '언제요?', email: '' });
    same(types(it.out()), ['inquire']);
  },

  'instead of waiting: what was said is there, and the topic is the chat’s': () => {
    const it = ready(waiting());
    it.do('say', '오래 걸리나요?');
    it.hear({ type: 'ack', chat: 'chat1', id: 'c1', seq: 2 });
    it.act('open', 'inquire');
    same(it.link.inquiries.draft.text, '오래 걸리나요?');
    it.out();
    it.act('submit', { topic: null, text: '내일요', email: '' });
    same(it.out(), [{ type: 'inquire', id: 'c2', text: '내일요' }]);
    it.hear(NOTICE, { ...ENDED, reason: 'inquired' });
    same([view(it), it.link.chat.isOver], ['left', true]);
  },

  'an inquiry is read in the order of its words, each once, also when they come again': () => {
    const it = looking();
    it.act('read', '7k2m q9xc o4td');
    same(it.out(), [{ type: 'inquiry', receipt: '7k2m q9xc o4td' }]);
    it.hear(NOTICE, said(5, '네'), said(2, '언제요?', 'customer'), said(5, '네'));
    same([texts(it), it.link.inquiries.thread.receipt], [['언제요?', '네'], RECEIPT]);
    it.hear({ ...NOTICE, state: 'answered' });
    same(it.link.inquiries.thread.notice.state, 'answered');
    it.act('look');
    same(types(it.out()), ['inquiry']);
  },

  'no such receipt': () => {
    const it = looking();
    it.act('read', '0000-0000-0000');
    it.hear({ type: 'error', code: 'unknown_inquiry', field: 'receipt' });
    same([it.link.inquiries.thread.isMissing, it.link.notice], [true, null]);
    it.out();
    it.act('look');
    same(it.out(), []);
  },

  'what is added is stored once, over a lost line': () => {
    const it = reading();
    it.act('add', '아직이에요');
    same(it.out(), [{ type: 'reply', receipt: RECEIPT, id: 'c1', text: '아직이에요' }]);
    reconnect(it);
    it.out();
    it.hear(WELCOME);
    same(it.out().filter(({ type }) => type === 'reply').map(({ id }) => id), ['c1']);
    it.hear({ type: 'ack', chat: 'i1', id: 'c1', seq: 7 });
    same([texts(it), it.link.inquiries.reply], [['언제요?', '아직이에요'], null]);
    // It comes again with all the rest.
    it.hear(NOTICE, said(7, '아직이에요', 'customer'));
    same(texts(it), ['언제요?', '아직이에요']);
  },

  'what is added and refused stays in its field': () => {
    const it = reading();
    it.act('add', '아직이에요');
    it.hear({ type: 'error', code: 'rate_limited', id: 'c1', retry_after: 600 });
    same([it.link.inquiries.fault.minutes, it.link.inquiries.reply], [10, null]);
  },

  'another inquiry’s news are none of the one in view, nor of a chat': () => {
    const it = reading();
    it.hear({ ...NOTICE, inquiry: 'i2', receipt: '0000-0000-0001', state: 'answered' }, said(9, '남의 말'));
    same(texts(it), ['언제요?', '남의 말']);
    it.hear({ ...said(3, 'other'), chat: 'i2' });
    same([texts(it).length, it.link.inquiries.thread.notice.state], [2, 'open']);
  },

  'twenty receipts are kept': () => {
    const known = Array.from({ length: 30 }, (_, index) => ({ receipt: `R${index}`, label: 'x' }));
    const it = looking(known);
    same(it.link.inquiries.known.length, 20);
    it.act('open', 'inquire', 'refund');
    it.act('submit', { topic: 'refund', text: '언제요?', email: '' });
    it.hear(NOTICE);
    same([it.link.inquiries.known.length, it.link.inquiries.known[0].receipt], [20, RECEIPT]);
  },

  'who waits and is served writes no inquiry any more': () => {
    const it = ready(waiting());
    it.act('open', 'inquire');
    it.hear(STARTED);
    it.act('close');
    same([view(it), it.link.step], [null, null]);
  },
};
