// Somebody's words and names as nodes: what cannot be seen as its code, and no run of words reaches out of its place.

import { parts } from '../reading.js';
import { el, isPlain, write } from './dom.js';

/** Its text is `<U+202E>`, for who copies it; the brackets are not in sight. */
function badge(code) {
  return el('bdi.codepoint', { dir: 'ltr' }, el('i', {}, '<'), code, el('i', {}, '>'));
}

/** @param {(run: string) => (string|Node)[]} [inner] what becomes of a run, such as links */
export function readable(text, inner = (run) => [run]) {
  if (isPlain(text)) return inner(text);
  const found = parts(text);
  if (found.length === 1 && found[0].run) return inner(text);
  return found.map(({ run, code }) => (run ? el('span.run', {}, ...inner(run)) : badge(code)));
}

/** Like `dom.write`, with nodes; `key` is what they say. */
function fill(node, key, make) {
  if (node.filled === key) return;
  node.filled = key;
  node.replaceChildren(...make());
}

/** Like `dom.write`, of what somebody else wrote or of what is ours. */
export function show(node, text) {
  if (isPlain(text)) {
    // The same letters may stand there as a code.
    if (node.filled !== undefined) node.textContent = text;
    node.filled = undefined;
    write(node, text);
  } else {
    fill(node, text, () => readable(text));
  }
}

/** A phrase with a name in it, which reaches into none of our words. */
export function named(words, key, name) {
  return words.pieces(key, { name: name ? el('bdi', {}, ...readable(name)) : '' });
}

export function showNamed(node, words, key, name) {
  fill(node, `${words.lang} ${key} ${name}`, () => named(words, key, name));
}
