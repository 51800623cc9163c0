// What the customer answered to the questions: it stays above the words, and in the file that one keeps.

import { isEmpty } from '../reading.js';
import { el, write } from './dom.js';
import { readable } from './readable.js';

const LABELS = {
  what: 'answerWhat', when: 'answerWhen', account: 'answerAccount', payment: 'answerPayment', device: 'answerDevice',
  goal: 'answerGoal',
};

/** @returns {[string, string][]} label and answer, in the questions' order; also of answers that are still on their way */
export function answersOf({ chat, asks }, words) {
  const told = Object.assign({}, chat?.answers, ...asks.list.map(({ message }) => message.intake));
  const given = Object.entries(LABELS).filter(([field]) => !isEmpty(told[field] ?? ''));
  return given.map(([field, label]) => [words.say(label), told[field]]);
}

export class AnswersView {
  constructor() {
    this.title = el('h2', { id: 'answers-title' });
    this.list = el('dl');
    this.element = el('section.card.answers', { hidden: true, 'aria-labelledby': 'answers-title' }, this.title, this.list);
  }

  render(link, words) {
    const answers = answersOf(link, words);
    this.element.hidden = answers.length === 0;
    write(this.title, words.say('answersTitle'));
    const text = JSON.stringify(answers);
    if (text === this.shown) return;
    this.shown = text;
    this.list.replaceChildren(
      ...answers.flatMap(([label, answer]) => [el('dt', {}, label), el('dd', { dir: 'auto' }, ...readable(answer))]));
  }
}
