// After the chat: the receipt, the rating, the transcript to keep, and the way back to the topics.

import { count } from '../phrases.js';
import { el, icon, translate, write } from './dom.js';
import { byteCount, copy, draft, fit } from './writing.js';

const STAR = 'm12 3.5 2.6 5.3 5.9.9-4.2 4.1 1 5.8-5.3-2.7-5.3 2.7 1-5.8-4.2-4.1 5.9-.9z';

export class EndedView {
  /** @param {{onrate: (score: number, comment: string) => void, onsave: () => void, onanew: () => void}} options */
  constructor({ onrate, onsave, onanew }) {
    this.heading = el('h2', { 'data-say': 'endedTitle', tabIndex: -1 });
    this.reason = el('p.lead');
    this.code = el('output.code');
    this.copy = el('button.quiet', { type: 'button', onclick: () => copy(this.code, this.copy, this.words) });
    this.receipt = el(
      'div.receipt', {}, el('span.caption', { 'data-say': 'receipt' }), this.code, this.copy,
      el('span.hint', { 'data-say': 'receiptHint' }));
    this.stars = [1, 2, 3, 4, 5].map((score) => {
      const input = el('input', {
        type: 'radio', name: 'score', value: String(score), onchange: () => this.askMore(),
      });
      return el('label', {}, input, icon(STAR), el('span.hidden'));
    });
    this.comment = el('textarea', { id: 'comment', rows: 2, maxLength: 1000, 'aria-describedby': 'comment-fault' });
    this.fault = el('p.fault', { id: 'comment-fault', role: 'alert' });
    this.more = el(
      'div.more', { hidden: true }, el('label', { htmlFor: 'comment', 'data-say': 'rateComment' }), this.comment,
      this.fault,
      el('button.primary', { type: 'submit', 'data-say': 'rateSend' }));
    this.form = el(
      'form.rating', {
        onsubmit: (event) => {
          event.preventDefault();
          const score = Number(new FormData(this.form).get('score'));
          const comment = fit(this.comment.value);
          const isTooLong = byteCount(comment) > this.limit;
          write(this.fault, isTooLong ? this.words.say('commentTooLong') : '');
          this.comment.setAttribute('aria-invalid', String(isTooLong));
          if (isTooLong) this.comment.focus();
          else if (score) onrate(score, comment);
        },
      },
      el('fieldset', {}, el('legend', { 'data-say': 'rateTitle' }), el('div.stars', {}, ...this.stars)), this.more);
    this.thanks = el('p.lead', { role: 'status' });
    this.save = el('button', { type: 'button', 'data-say': 'save', onclick: onsave });
    this.element = el(
      'section.card.ended', { hidden: true }, this.heading, this.reason, this.receipt, this.form, this.thanks,
      el('div.actions', {}, el('button.primary', { type: 'button', 'data-say': 'startAnew', onclick: onanew }), this.save));
  }

  askMore() {
    this.more.hidden = false;
    this.more.scrollIntoView({ block: 'nearest' });
  }

  render(link, words) {
    const chat = link.chat;
    const isShown = Boolean(chat?.isOver);
    const isNew = isShown && this.element.hidden;
    this.element.hidden = !isShown;
    if (!isShown) return;
    this.limit = link.textBytes;
    if (isNew) {
      this.form.reset();
      write(this.fault, '');
      this.comment.removeAttribute('aria-invalid');
      this.more.hidden = true;
      draft.set('intake', '');
    }
    if (isNew || this.words !== words) {
      this.words = words;
      translate(this.element, words);
      write(this.copy, words.say('copy'));
      this.stars.forEach((star, index) => write(star.lastChild, count(words, 'rate', index + 1)));
    }
    const reasons = {
      customer_left: 'customerLeft', customer_lost: 'customerLost', agent_ended: 'agentEnded', idle: 'idle',
      inquired: 'inquired',
      ...(chat.hadAgent ? {} : { customer_left: 'leftQueue', customer_lost: 'placeLost', unknown: 'placeLost' }),
    };
    write(this.reason, words.say(reasons[chat.reason] ?? 'unknown'));
    this.receipt.hidden = !chat.receipt;
    write(this.code, chat.receipt ?? '');
    const hadFocus = this.form.contains(document.activeElement);
    this.form.hidden = !chat.hadAgent || chat.reason === 'unknown' || chat.rating === 'done' || chat.rating === 'closed';
    write(this.thanks, chat.rating === 'done' ? words.say('rated') : chat.rating === 'closed' ? words.say('rateClosed') : '');
    // The button that sent it is gone; below the heading stands what became of it.
    if (hadFocus && this.form.hidden) this.heading.focus({ preventScroll: true });
    this.thanks.hidden = this.thanks.textContent === '';
    this.save.hidden = chat.entries.every((entry) => entry.from === 'event');
  }
}
