// What somebody writes into a field: kept while it is not sent, counted and made fit as the server wants it.

import { isEmpty } from '../reading.js';
import { read, write } from '../shell.js';

/** What was typed into a field and not yet sent. */
export const draft = {
  get: (field) => read('sessionStorage', `sangdam.${field}`) ?? '',
  set: (field, text) => write('sessionStorage', `sangdam.${field}`, text),
};

/**
 * The words to send; none where there is nothing to see, which the server would refuse. Half a surrogate pair is no UTF-8
 * and would be refused, too.
 */
export function fit(text) {
  if (isEmpty(text)) return '';
  const words = text.replace(/\r\n?/g, '\n').trim();
  return words.toWellFormed?.() ?? words;
}

const encoder = new TextEncoder();

/** How many bytes the text takes on the wire, which is what the server counts. */
export function byteCount(text) {
  return encoder.encode(text).length;
}

/** Copies and says so on the button; where that is not allowed, as in some frames, selects what is to be copied. */
export async function copy(node, button, words, text = node.textContent) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = words.say('copied');
  } catch {
    getSelection().selectAllChildren(node);
  }
}
