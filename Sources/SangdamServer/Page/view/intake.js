// Questions while waiting, one at a time. Each answer goes to the server at once, so that an agent who comes early reads
// what there is; each can be skipped, and all of them.

import { isEmpty } from '../reading.js';
import { el, translate, write } from './dom.js';
import { answerField, answerIn, questionsOf } from './question.js';
import { show } from './readable.js';
import { draft } from './writing.js';

export class IntakeView {
  /** @param {{ontell: (intake: object) => void, onskip: (isAll: boolean) => void}} options */
  constructor({ ontell, onskip }) {
    this.progress = el('p.progress');
    this.label = el('label', { htmlFor: 'intake' });
    this.fault = el('p.fault', { id: 'intake-fault', role: 'alert' });
    this.field = el('textarea', { id: 'intake' });
    this.form = el(
      'form.card.intake', {
        hidden: true, noValidate: true, 'aria-labelledby': 'intake-title',
        onsubmit: (event) => {
          event.preventDefault();
          const [answer, wrong] = answerIn(this.field, this.question);
          if (wrong) return this.complain(wrong);
          if (answer) ontell({ [this.question.id]: answer });
          else onskip(false);
          this.clear();
        },
      },
      el('h2', { id: 'intake-title', 'data-say': 'intakeTitle' }), el('p.hint', { 'data-say': 'intakeHint' }),
      this.progress, this.label, this.field, this.fault,
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

  complain(wrong) {
    write(this.fault, this.words.say(wrong));
    this.field.setAttribute('aria-invalid', 'true');
    this.field.focus();
  }

  render(link, words) {
    this.words = words;
    const chat = link.chat;
    // What must be known was asked before one entered.
    const questions = questionsOf(chat?.questions, words).filter(({ required }) => !required);
    const step = chat?.intakeStep ?? 0;
    const isAsking = Boolean(chat) && !chat.isOver && step < questions.length;
    // An agent's arrival takes no half-written answer away.
    const isShown = isAsking && (chat.phase !== 'active' || !isEmpty(this.field.value));
    const hadFocus = this.form.contains(document.activeElement);
    this.form.hidden = !isShown;
    this.done.hidden = chat?.phase !== 'waiting' || step === 0 || step !== questions.length;
    if (!isShown) return;
    this.form.classList.toggle('is-late', chat.phase === 'active');
    translate(this.element, words);
    write(this.progress, words.say('intakeProgress', { n: step + 1, total: questions.length }));
    this.ask(questions[step], words);
    if (hadFocus && !this.form.contains(document.activeElement)) this.field.focus();
    if (chat.refused === this.question.id) {
      chat.refused = null;
      this.complain('answerRefused');
    }
  }

  /** The field stays while the question does: nobody loses what is half written. */
  ask(question, words) {
    show(this.label, question.label);
    const text = JSON.stringify([question.id, question.kind, question.choices]);
    if (text === this.shown) return;
    // The first field after a reload has what was written before.
    const written = this.shown === undefined ? draft.get('intake') : '';
    this.shown = text;
    this.question = question;
    const field = answerField(question, words, {
      id: 'intake', 'aria-describedby': 'intake-fault', oninput: () => draft.set('intake', this.field.value),
    });
    field.value = written;
    this.field.replaceWith(field);
    this.field = field;
  }
}
