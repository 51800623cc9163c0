// What the customer answered to the questions: it stays above the words, and in the file that one keeps.

import { isEmpty } from '../reading.js';
import { el, write } from './dom.js';
import { questionsOf, shownAnswer } from './question.js';
import { readable } from './readable.js';

/** @returns {[string, string][]} label and answer, in the questions' order; also of answers that are still on their way */
export function answersOf({ chat, asks }, words) {
  const told = Object.assign({}, chat?.answers, ...asks.list.map(({ message }) => message.intake));
  const given = questionsOf(chat?.questions, words).filter(({ id }) => !isEmpty(told[id] ?? ''));
  return given.map((question) => [question.name, shownAnswer(question, told[question.id])]);
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
      ...answers.flatMap(([label, answer]) => [el('dt', {}, ...readable(label)), el('dd', { dir: 'auto' }, ...readable(answer))]));
  }
}
