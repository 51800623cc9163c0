// What a topic asks, and the field for an answer of each kind.

import { el } from './dom.js';
import { byteCount, fit } from './writing.js';

const LIMIT_BYTES = 1000;
/** Of a topic that has no questions of its own. */
const STANDARD = {
  what: ['intakeWhat', 'answerWhat'], when: ['intakeWhen', 'answerWhen'], account: ['intakeAccount', 'answerAccount'],
  payment: ['intakePayment', 'answerPayment'], device: ['intakeDevice', 'answerDevice'], goal: ['intakeGoal', 'answerGoal'],
};

/** @returns {{id: string, label: string, name: string, required: boolean, kind: string, choices?: object[]}[]} */
export function questionsOf(own, words) {
  if (own) return own.map((question) => ({ ...question, name: question.label }));
  return Object.entries(STANDARD).map(([id, [label, name]]) => (
    { id, label: words.say(label), name: words.say(name), required: false, kind: 'text' }));
}

/** A choice by its words. */
export function shownAnswer({ choices }, answer) {
  return choices?.find(({ id }) => id === answer)?.label ?? answer;
}

/** @returns {HTMLElement} a field whose `value` is the answer */
export function answerField({ kind, choices }, words, properties) {
  switch (kind) {
    case 'date': return el('input', { type: 'date', ...properties });
    case 'amount': return el('input', { type: 'text', inputMode: 'decimal', autocomplete: 'off', ...properties });
    case 'choice': {
      const options = choices.map(({ id, label }) => el('option', { value: id }, label));
      return el('select.answer', properties, el('option', { value: '' }, words.say('answerChoose')), ...options);
    }
    default: return el('textarea', { rows: 2, ...properties });
  }
}

/** @returns {[string, string?]} the answer to send, and what is wrong with it: the key of a phrase */
export function answerIn(field, { kind }) {
  const answer = fit(field.value);
  if (byteCount(answer) > LIMIT_BYTES) return [answer, 'intakeTooLong'];
  if (kind === 'amount' && answer && !/[\d０-９]/.test(answer)) return [answer, 'answerNoAmount'];
  return [answer];
}
