// The link's scenarios with frequent questions: which search counts, and what becomes of whether it helped.

import { QUEUED, TOPICS, WELCOME, begin, connect, same, types, waiting } from './scenarios.js';

const FAQ_TOPICS = { ...TOPICS, faq: true };
const found = (...ids) => ({ type: 'faq', results: ids.map((id) => ({ id, question: id, answer: id })) });
const ids = ({ link }) => link.faq.results?.map(({ id }) => id) ?? null;

function looking() {
  const it = begin();
  connect(it);
  it.hear(WELCOME, FAQ_TOPICS);
  it.out();
  return it;
}

export const scenarios = {
  'one search at a time, and the last words count': () => {
    const it = looking();
    it.do('search', '환불');
    it.do('search', '환불 언제');
    it.do('search', '환불 언제 돼요');
    same(it.out(), [{ type: 'faq', q: '환불' }]);
    it.hear(found('a'));
    same([ids(it), it.out()], [null, [{ type: 'faq', q: '환불 언제 돼요' }]]);
    it.hear(found('b', 'c'));
    same([ids(it), it.out()], [['b', 'c'], []]);
    it.do('search', '환불 언제 돼요');
    same(it.out(), []);
    it.do('search', '');
    same([ids(it), it.out()], [null, []]);
  },

  'what comes after the field was emptied is not shown, nor mistaken for what is sought next': () => {
    const it = looking();
    it.do('search', 'a');
    it.do('search', '');
    it.do('search', 'a');
    it.out();
    it.hear(found('late'));
    same([ids(it), it.out()], [null, [{ type: 'faq', q: 'a' }]]);
    it.hear(found('a'));
    same(ids(it), ['a']);
  },

  'another language: searched anew, after the language was changed': () => {
    const it = looking();
    it.do('search', 'a');
    it.hear(found('ko'));
    it.out();
    it.do('changeLanguage', 'en');
    same(types(it.out()), ['lang', 'faq', 'topics']);
    it.hear(found('en'));
    same(ids(it), ['en']);
  },

  'searched again after the line broke; a refused search is not': () => {
    const it = looking();
    it.do('search', 'a');
    it.do('closed');
    it.wait(500);
    it.do('opened');
    it.out();
    it.hear(WELCOME);
    same(types(it.out()), ['faq', 'topics']);
    it.hear({ type: 'error', code: 'too_long', field: 'q', message: '' });
    it.wait(1000);
    same([ids(it), types(it.out())], [null, []]);
  },

  'too many search: given up, and nothing else waits for it': () => {
    const it = looking();
    it.do('search', 'a');
    it.out();
    it.hear({ type: 'error', code: 'busy', message: '' });
    same([it.link.pausedUntil, it.link.notice, ids(it)], [null, null, null]);
    it.wait(6000);
    same(it.out(), []);
    it.do('search', 'a');
    same(types(it.out()), ['faq']);
  },

  'a refused answer is not taken for the search that is under way': () => {
    const it = waiting();
    it.hear(FAQ_TOPICS);
    it.do('tell', { what: 'a' });
    it.hear({ type: 'ok', for: 'intake', chat: 'chat1' });
    it.do('tell', { when: 'bad' });
    it.hear({ type: 'error', code: 'bad_field', field: 'when', message: '' }, found('x'));
    same([it.link.chat.refused, ids(it), it.link.asks.snapshot(), it.link.chat.answers], ['when', ['x'], [], { what: 'a' }]);
  },

  'whether it helped is said once, also over a broken line': () => {
    const it = looking();
    it.do('tellHelped', true);
    it.do('closed');
    it.wait(500);
    it.do('opened');
    it.out();
    it.hear(WELCOME);
    same(types(it.out()), ['topics']);
  },

  'another notice meanwhile: shown anew, with what was answered': () => {
    const it = looking();
    const privacy = (version) => ({ version, text: version, consent: true });
    it.hear({ ...FAQ_TOPICS, privacy: privacy('a') });
    it.do('choose', 'refund', '환불');
    it.do('agree', 'a');
    it.out();
    it.hear({ type: 'error', code: 'consent_required', message: '' });
    same([it.link.step, it.link.chat], ['consent', null]);
    it.hear({ ...FAQ_TOPICS, privacy: privacy('b') });
    same([it.link.step, it.link.privacy.version], ['consent', 'b']);
  },

  'entering forgets what was sought': () => {
    const it = looking();
    it.do('search', 'a');
    it.do('enter', 'refund', '환불');
    it.hear(QUEUED, found('a'));
    same(ids(it), null);
  },

  'who waits: the first answer in words is searched for, once, and never without frequent questions': () => {
    for (const hasFAQ of [true, false]) {
      const it = waiting();
      it.hear(hasFAQ ? FAQ_TOPICS : TOPICS);
      it.do('tell', { what: 'a' });
      same([hasFAQ, types(it.out())], [hasFAQ, hasFAQ ? ['intake', 'faq'] : ['intake']]);
      if (hasFAQ) it.hear(found('x'));
      it.do('tell', { when: 'b' });
      same([hasFAQ, ids(it), types(it.out())], [hasFAQ, hasFAQ ? ['x'] : null, ['intake']]);
    }
  },

  'what had to be told before the queue is searched for in the queue': () => {
    const it = looking();
    it.do('enter', 'refund', '환불', 0, { what: 'a' });
    same(types(it.out()), ['enter']);
    it.hear(QUEUED, found('x'));
    same([types(it.out()), ids(it)], [['faq'], ['x']]);
    it.do('tell', { device: 'b' });
    same(types(it.out()), ['intake']);
  },

  'an amount or a date is not searched for': () => {
    const it = waiting();
    const intake = [{ id: 'sum', label: '', kind: 'amount' }, { id: 'what', label: '', kind: 'text' }];
    it.hear({ ...FAQ_TOPICS, topics: [{ ...TOPICS.topics[0], intake }] });
    it.do('tell', { sum: '1,000' });
    same(types(it.out()), ['intake']);
    it.do('tell', { what: 'a' });
    same(types(it.out()), ['intake', 'faq']);
  },

  'enough: the server hears of it before the leave, also when the line is lost between them': () => {
    const it = waiting();
    it.hear(FAQ_TOPICS);
    it.do('closed');
    it.out();
    it.do('takeSuggestion', true);
    it.wait(500);
    it.do('opened');
    it.out();
    it.hear(WELCOME);
    same(types(it.out()).slice(0, 2), ['faq_helped', 'leave']);
    it.hear({ type: 'ok', for: 'faq_helped' }, { type: 'ended', chat: 'chat1', reason: 'customer_left', receipt: 'R' });
    same([it.link.chat.phase, it.link.asks.snapshot()], ['ended', []]);
  },

  'not enough: one goes on waiting, and the suggestions are gone': () => {
    const it = waiting();
    it.hear(FAQ_TOPICS);
    it.do('tell', { what: 'a' });
    it.hear({ type: 'ok', for: 'intake', chat: 'chat1' }, found('x'));
    it.out();
    it.do('takeSuggestion', false);
    same([it.out(), ids(it), it.link.chat.phase], [[{ type: 'faq_helped', helped: false }], null, 'waiting']);
  },
};
