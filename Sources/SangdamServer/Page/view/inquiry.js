// A question that is answered later: the form, and the receipt that it leaves.

import { date } from '../phrases.js';
import { el, translate, write } from './dom.js';
import { show } from './readable.js';
import { byteCount, copy, draft, fit } from './writing.js';

/** The usual bound of a question and of each answer; where a desk has another, the server says so. */
export const LIMIT_BYTES = 8000;
/** From here on the number of bytes is shown. */
const NEAR_BYTES = 7000;
/** What is surely no address; the server looks closer. */
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** When an answer is due, by the clock here. */
export function dueTime(words, at) {
  return `${date(words, 'day', at)} ${date(words, 'time', at)}`;
}

export class InquiryForm {
  /** @param {{onsubmit: (draft: object) => void, onback: () => void}} options */
  constructor({ onsubmit, onback }) {
    this.onsubmit = onsubmit;
    this.heading = el('h2', { 'data-say': 'inquiryTitle', tabIndex: -1 });
    this.topicFault = el('p.fault', { id: 'inquiry-topic-fault', role: 'alert' });
    this.topic = el('select.answer', { id: 'inquiry-topic', 'aria-describedby': 'inquiry-topic-fault' });
    this.topicRow = el('div', {}, el('label', { htmlFor: 'inquiry-topic', 'data-say': 'inquiryTopic' }), this.topic, this.topicFault);
    this.textFault = el('p.fault', { id: 'inquiry-text-fault', role: 'alert' });
    this.text = el('textarea', {
      id: 'inquiry-text', rows: 7, required: true, 'aria-describedby': 'inquiry-text-fault',
      oninput: () => {
        draft.set('inquiry', this.text.value);
        this.count();
      },
    });
    this.counter = el('p.hint', { 'aria-live': 'polite' });
    this.emailFault = el('p.fault', { id: 'inquiry-email-fault', role: 'alert' });
    this.email = el('input', {
      id: 'inquiry-email', type: 'email', autocomplete: 'email', maxLength: 254, 'aria-describedby': 'inquiry-email-hint inquiry-email-fault',
      oninput: () => draft.set('inquiry-email', this.email.value),
    });
    this.fault = el('p.fault', { role: 'alert' });
    this.submitButton = el('button.primary', { type: 'submit' });
    this.element = el(
      'form.page.inquiry-page', {
        hidden: true, noValidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          this.submit();
        },
      },
      this.heading, el('p.notice', { 'data-say': 'inquiryHint' }),
      el('div.card', {}, this.topicRow,
        el('label', { htmlFor: 'inquiry-text', 'data-say': 'inquiryText' }), this.text, this.counter, this.textFault,
        el('label', { htmlFor: 'inquiry-email', 'data-say': 'inquiryEmail' }), this.email,
        el('p.hint', { id: 'inquiry-email-hint', 'data-say': 'inquiryEmailHint' }), this.emailFault),
      this.fault,
      el('div.actions', {}, this.submitButton, el('button', { type: 'button', 'data-say': 'back', onclick: onback })));
  }

  count() {
    const bytes = byteCount(this.text.value);
    const n = this.words.numbers;
    write(this.counter, bytes > NEAR_BYTES ? this.words.say('bytes', { n: n.format(bytes), limit: n.format(LIMIT_BYTES) }) : '');
  }

  submit() {
    if (this.isLeaving) return;
    const [text, email] = [fit(this.text.value), this.email.value.trim()];
    const faults = [
      [this.topic, this.topicFault, this.topicRow.hidden || this.topic.value ? null : 'answerMissing'],
      [this.text, this.textFault, !text ? 'answerMissing' : byteCount(text) > LIMIT_BYTES ? 'inquiryTooLong' : null],
      [this.email, this.emailFault, email && !ADDRESS.test(email) ? 'inquiryNoEmail' : null],
    ];
    for (const [field, fault, wrong] of faults) this.complain(field, fault, wrong ? this.words.say(wrong) : '');
    const first = faults.find(([, , wrong]) => wrong);
    if (first) first[0].focus();
    else this.onsubmit({ topic: this.topicRow.hidden ? null : this.topic.value, text, email });
  }

  complain(field, fault, words) {
    write(fault, words);
    if (words) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }

  render(link, words) {
    const { inquiries } = link;
    const isNew = this.element.hidden;
    this.element.hidden = inquiries.view !== 'inquire';
    if (this.element.hidden) {
      // It is left: nothing of it is in this tab any more.
      if (inquiries.view === 'left' && this.text.value) this.forget();
      return;
    }
    this.words = words;
    this.isLeaving = link.isLeaving;
    translate(this.element, words);
    this.topicRow.hidden = Boolean(link.chat) && !link.chat.isOver;
    this.fillTopics(link.topics ?? [], words);
    if (isNew) {
      const { topic, text, email } = inquiries.draft;
      this.topic.value = topic ?? '';
      this.text.value = text || draft.get('inquiry');
      this.email.value = email || draft.get('inquiry-email');
      for (const [field, fault] of [[this.topic, this.topicFault], [this.text, this.textFault], [this.email, this.emailFault]]) {
        this.complain(field, fault, '');
      }
    }
    this.count();
    this.submitButton.disabled = this.isLeaving;
    write(this.submitButton, words.say(this.isLeaving ? 'sending' : 'inquirySend'));
    this.tell(inquiries.fault, words);
  }

  forget() {
    this.text.value = this.email.value = '';
    for (const field of ['inquiry', 'inquiry-email']) draft.set(field, '');
  }

  /** What the server had against it. */
  tell(fault, words) {
    const isAddress = fault?.field === 'email';
    if (isAddress) this.complain(this.email, this.emailFault, words.say('inquiryNoEmail'));
    let text = '';
    if (fault?.minutes) text = words.say('inquiryLimited', { n: words.numbers.format(fault.minutes) });
    else if (fault && !isAddress) text = fault.message ?? '';
    show(this.fault, text);
  }

  /** Only when they change, so that a choice stays. */
  fillTopics(topics, words) {
    const text = JSON.stringify([words.lang, topics.map(({ id, label }) => [id, label])]);
    if (text === this.shown) return;
    this.shown = text;
    const chosen = this.topic.value;
    this.topic.replaceChildren(
      el('option', { value: '' }, words.say('answerChoose')),
      ...topics.map(({ id, label }) => el('option', { value: id }, label)));
    this.topic.value = chosen;
  }
}

export class InquiryLeft {
  /** @param {{onread: () => void, ondone: () => void}} options */
  constructor({ onread, ondone }) {
    this.heading = el('h2', { 'data-say': 'inquiryLeft', tabIndex: -1 });
    this.due = el('p.lead');
    this.code = el('output.code');
    this.copy = el('button.quiet', { type: 'button', onclick: () => copy(this.code, this.copy, this.words) });
    this.mail = el('p.notice');
    this.element = el(
      'div.page.inquiry-page', { hidden: true }, this.heading, this.due,
      el('div.voucher', {}, el('span.caption', { 'data-say': 'receipt' }), this.code, this.copy,
        el('span.hint', { 'data-say': 'inquiryReceiptHint' })),
      this.mail, el('p.notice', { 'data-say': 'inquiryMayClose' }),
      el('div.actions', {}, el('button.primary', { type: 'button', 'data-say': 'inquiryDone', onclick: ondone }),
        el('button', { type: 'button', 'data-say': 'inquiryRead', onclick: onread })));
  }

  render({ inquiries }, words) {
    const isNew = this.element.hidden;
    this.element.hidden = inquiries.view !== 'left';
    if (this.element.hidden) return;
    this.words = words;
    const { receipt, notice } = inquiries.thread;
    translate(this.element, words);
    write(this.due, words.say('inquiryDue', { time: dueTime(words, notice.due) }));
    write(this.code, receipt);
    if (isNew) write(this.copy, words.say('copy'));
    write(this.mail, words.say(notice.mail ? 'inquiryByMail' : 'inquiryByReceipt'));
  }
}
