// Questions while waiting, one at a time. Each answer goes to the server at once, so that an agent who comes early reads
// what there is; each can be skipped, and all of them.

import { isEmpty } from '../reading.js';
import { el, translate, write } from './dom.js';
import { byteCount, draft, fit } from './writing.js';

const FIELDS = ['what', 'when', 'account', 'payment', 'device', 'goal'];
const QUESTIONS = ['intakeWhat', 'intakeWhen', 'intakeAccount', 'intakePayment', 'intakeDevice', 'intakeGoal'];
const LIMIT_BYTES = 1000;

export class IntakeView {
  /** @param {{ontell: (intake: object) => void, onskip: (isAll: boolean) => void}} options */
  constructor({ ontell, onskip }) {
    this.step = 0;
    this.progress = el('p.progress');
    this.question = el('label', { htmlFor: 'intake' });
    this.fault = el('p.fault', { id: 'intake-fault', role: 'alert' });
    this.field = el('textarea', {
      id: 'intake', rows: 2, value: draft.get('intake'), 'aria-describedby': 'intake-fault',
      oninput: () => draft.set('intake', this.field.value),
    });
    this.form = el(
      'form.card.intake', {
        hidden: true, 'aria-labelledby': 'intake-title',
        onsubmit: (event) => {
          event.preventDefault();
          const answer = fit(this.field.value);
          if (byteCount(answer) > LIMIT_BYTES) return this.complain();
          if (answer) ontell({ [FIELDS[this.step]]: answer });
          else onskip(false);
          this.clear();
        },
      },
      el('h2', { id: 'intake-title', 'data-say': 'intakeTitle' }), el('p.hint', { 'data-say': 'intakeHint' }),
      this.progress, this.question, this.field, this.fault,
      el('div.actions', {},
        el('button.primary', { type: 'submit', 'data-say': 'intakeNext' }),
        el('button.quiet', { type: 'button', 'data-say': 'intakeSkip', onclick: () => {
          this.clear();
          onskip(false);
        } }),
        el('button.quiet', { type: 'button', 'data-say': 'intakeSkipAll', onclick: () => {
          this.clear();
          onskip(true);
        } })));
    this.done = el('p.event', { hidden: true, 'data-say': 'intakeDone' });
    this.element = el('div.intake-place', { role: 'presentation' }, this.form, this.done);
  }

  clear() {
    this.field.value = '';
    draft.set('intake', '');
    write(this.fault, '');
    this.field.removeAttribute('aria-invalid');
  }

  complain() {
    write(this.fault, this.words.say('intakeTooLong'));
    this.field.setAttribute('aria-invalid', 'true');
    this.field.focus();
  }

  render(link, words) {
    this.words = words;
    const chat = link.chat;
    const step = chat?.intakeStep ?? 0;
    const isAsking = Boolean(chat) && !chat.isOver && step < FIELDS.length;
    // An agent's arrival takes no half-written answer away.
    const isShown = isAsking && (chat.phase !== 'active' || !isEmpty(this.field.value));
    const hadFocus = this.form.contains(document.activeElement);
    this.form.hidden = !isShown;
    this.done.hidden = chat?.phase !== 'waiting' || step !== FIELDS.length;
    if (!isShown) return;
    this.form.classList.toggle('is-late', chat.phase === 'active');
    translate(this.element, words);
    write(this.progress, words.say('intakeProgress', { n: step + 1, total: FIELDS.length }));
    write(this.question, words.say(QUESTIONS[step]));
    if (step !== this.step && hadFocus) this.field.focus();
    this.step = step;
  }
}
