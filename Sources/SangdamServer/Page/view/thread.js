// Inquiries that were left: their receipts, one of them with all that was said, and a field to add to it.

import { date, speaker } from '../phrases.js';
import { el, icon, translate, write } from './dom.js';
import { dueTime, LIMIT_BYTES } from './inquiry.js';
import { show, showNamed } from './readable.js';
import { byteCount, fit } from './writing.js';

/** An answer comes by itself only to the tab that asked: others look so often. */
const LOOK_MILLISECONDS = 30_000;

export class ReceiptsView {
  /** @param {{onread: (receipt: string) => void, onback: () => void}} options */
  constructor({ onread, onback }) {
    this.onread = onread;
    this.heading = el('h2', { 'data-say': 'lookUp', tabIndex: -1 });
    this.fault = el('p.fault', { id: 'lookup-fault', role: 'alert' });
    this.field = el('input', {
      id: 'lookup', type: 'text', autocomplete: 'off', autocapitalize: 'characters', spellcheck: false, maxLength: 64,
      placeholder: '7K2M-Q9XC-04TD', 'aria-describedby': 'lookup-fault',
    });
    this.list = el('ul.topics');
    this.mine = el('section', {}, el('h3', { 'data-say': 'lookUpMine' }), this.list);
    this.element = el(
      'div.page.inquiry-page', { hidden: true }, this.heading,
      el('form.card', {
        noValidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          const receipt = this.field.value.trim();
          write(this.fault, receipt ? '' : this.words.say('answerMissing'));
          if (receipt) onread(receipt);
          else this.field.focus();
        },
      },
      el('label', { htmlFor: 'lookup', 'data-say': 'receipt' }), this.field, this.fault,
      el('div.actions', {}, el('button.primary', { type: 'submit', 'data-say': 'lookUpRead' }),
        el('button', { type: 'button', 'data-say': 'back', onclick: onback }))),
      this.mine);
  }

  render({ inquiries }, words) {
    this.words = words;
    this.element.hidden = inquiries.view !== 'receipts';
    if (this.element.hidden) return;
    translate(this.element, words);
    this.mine.hidden = inquiries.known.length === 0;
    const text = JSON.stringify(inquiries.known);
    if (text === this.shown) return;
    this.shown = text;
    this.list.replaceChildren(...inquiries.known.map(({ receipt, label }) => {
      const name = el('span.name');
      show(name, label);
      const properties = { type: 'button', onclick: () => this.onread(receipt) };
      return el('li', {}, el('button.topic', properties, name, el('span.duty', {}, receipt), icon('m9 5 7 7-7 7')));
    }));
  }
}

export class ThreadView {
  /** @param {{onadd: (text: string) => void, onlook: () => void, onback: () => void}} options */
  constructor({ onadd, onlook, onback }) {
    this.onadd = onadd;
    this.onlook = onlook;
    this.heading = el('h2', { tabIndex: -1 });
    this.receipt = el('p.lead');
    this.state = el('p.notice', { role: 'status' });
    this.list = el('ol.thread', { 'aria-live': 'polite' });
    this.fault = el('p.fault', { id: 'thread-fault', role: 'alert' });
    this.field = el('textarea', { id: 'thread', rows: 3, 'aria-describedby': 'thread-fault' });
    this.button = el('button.primary', { type: 'submit' });
    this.form = el(
      'form.card', {
        noValidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          this.submit();
        },
      },
      el('label', { htmlFor: 'thread', 'data-say': 'threadAdd' }), this.field, this.fault, el('div.actions', {}, this.button));
    this.element = el(
      'div.page.inquiry-page', { hidden: true }, this.heading, this.receipt, this.state, this.list, this.form,
      el('div.actions', {}, el('button', { type: 'button', 'data-say': 'back', onclick: onback })));
  }

  submit() {
    if (this.button.disabled) return;
    const text = fit(this.field.value);
    const wrong = !text ? 'answerMissing' : byteCount(text) > LIMIT_BYTES ? 'inquiryTooLong' : null;
    write(this.fault, wrong ? this.words.say(wrong) : '');
    if (wrong) this.field.focus();
    else this.onadd(text);
  }

  render(link, words) {
    const { view, thread, reply, fault } = link.inquiries;
    this.element.hidden = view !== 'thread';
    this.watch(!this.element.hidden && !thread.isMissing);
    if (this.element.hidden) return;
    this.words = words;
    translate(this.element, words);
    show(this.heading, link.topic(thread.notice?.topic)?.label ?? words.say('lookUp'));
    write(this.receipt, thread.receipt);
    write(this.state, this.stateWords(thread, words));
    this.form.hidden = !thread.notice;
    this.fill(thread, words);
    // What was taken is no longer to be sent.
    if (this.sent && !reply && !fault) this.field.value = '';
    this.sent = reply;
    this.button.disabled = Boolean(reply);
    write(this.button, words.say(reply ? 'sending' : 'send'));
    if (fault) {
      show(this.fault, fault.minutes ? words.say('inquiryLimited', { n: words.numbers.format(fault.minutes) }) : fault.message ?? '');
    }
  }

  watch(isOn) {
    if (isOn === Boolean(this.timer)) return;
    clearInterval(this.timer);
    this.timer = isOn ? setInterval(() => document.visibilityState === 'visible' && this.onlook(), LOOK_MILLISECONDS) : null;
  }

  stateWords({ notice, isMissing }, words) {
    if (isMissing) return words.say('inquiryUnknown');
    if (!notice) return words.say('inquirySought');
    const key = { answered: 'inquiryAnswered', closed: 'inquiryClosed' }[notice.state] ?? 'inquiryDue';
    return words.say(key, { time: dueTime(words, notice.due) });
  }

  /** Only what is new is made: a screen reader is told no more than that. */
  fill({ entries, receipt }, words) {
    const key = `${words.lang} ${receipt}`;
    if (key !== this.shown) this.list.replaceChildren();
    this.shown = key;
    entries.forEach((entry, index) => {
      const there = this.list.children[index] ?? null;
      if (there?.dataset.seq !== String(entry.seq)) this.list.insertBefore(this.entry(entry, words), there);
    });
  }

  entry({ seq, from, name, text, at }, words) {
    const [who, said] = [el('strong'), el('p', { dir: 'auto' })];
    showNamed(who, words, speaker({ from, name }), name);
    show(said, text ?? words.say('blank'));
    const when = el('time', { dateTime: at }, date(words, 'moment', at));
    return el(`li.${from === 'customer' ? 'mine' : 'theirs'}`, { 'data-seq': String(seq) }, who, ' ', when, said);
  }
}
