// What a topic must know before somebody can take it: all of it on one page.

import { el, translate, write } from './dom.js';
import { answerField, answerIn, questionsOf } from './question.js';
import { show } from './readable.js';

export class RequiredView {
  /** @param {{onanswer: (answers: object) => void, onback: () => void}} options */
  constructor({ onanswer, onback }) {
    /** @type {{question: object, field: HTMLElement, fault: HTMLElement}[]} */
    this.rows = [];
    this.onanswer = onanswer;
    this.heading = el('h2', { 'data-say': 'requiredTitle', tabIndex: -1 });
    this.topic = el('p.lead');
    this.list = el('div.card');
    this.element = el(
      'form.page.required-page', {
        hidden: true, noValidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          this.submit();
        },
      },
      this.heading, this.topic, el('p.notice', { 'data-say': 'requiredHint' }), this.list,
      el('div.actions', {},
        el('button.primary', { type: 'submit', 'data-say': 'requiredStart' }),
        el('button', { type: 'button', 'data-say': 'back', onclick: onback })));
  }

  submit() {
    const answers = {};
    let firstFault = null;
    for (const { question, field, fault } of this.rows) {
      const [answer, odd] = answerIn(field, question);
      const wrong = odd ?? (answer ? undefined : 'answerMissing');
      this.complain(field, fault, wrong);
      if (wrong) firstFault ??= field;
      answers[question.id] = answer;
    }
    if (firstFault) firstFault.focus();
    else this.onanswer(answers);
  }

  complain(field, fault, wrong) {
    write(fault, wrong ? this.words.say(wrong) : '');
    if (wrong) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }

  render(link, words) {
    const isNew = this.element.hidden;
    this.element.hidden = Boolean(link.chat) || link.step !== 'questions';
    if (this.element.hidden) return;
    this.words = words;
    const { wish } = link;
    show(this.topic, wish.label);
    const questions = questionsOf(link.topic(wish.id).intake, words).filter(({ required }) => required);
    const text = JSON.stringify([wish.id, words.lang, questions]);
    if (text !== this.shown || isNew) {
      this.shown = text;
      const written = Object.fromEntries(this.rows.map(({ question, field }) => [question.id, field.value]));
      this.build(questions, isNew ? { ...wish.answers, ...wish.refused } : written);
      for (const { question, field, fault } of this.rows) {
        if (question.id in wish.refused) this.complain(field, fault, 'answerRefused');
      }
    }
    translate(this.element, words);
  }

  build(questions, answers) {
    this.rows = questions.map((question, index) => {
      const id = `required-${index}`;
      const fault = el('p.fault', { id: `${id}-fault`, role: 'alert' });
      const field = answerField(question, this.words, { id, required: true, 'aria-describedby': fault.id });
      field.value = answers[question.id] ?? '';
      return { question, field, fault };
    });
    this.list.replaceChildren(...this.rows.flatMap(({ question, field, fault }) => {
      const label = el('label', { htmlFor: field.id });
      show(label, question.label);
      return [label, field, fault];
    }));
  }
}
