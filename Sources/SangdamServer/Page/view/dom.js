// Elements without markup: everything that anybody wrote becomes text, whatever the content security policy allows.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {string} kind a tag with classes, such as `button.primary`
 * @param {object} [properties] `onclick` and the like listen; names with a dash and `role` become attributes
 * @param {...(Node|string)} children
 */
export function el(kind, properties = {}, ...children) {
  const [tag, ...classes] = kind.split('.');
  const node = document.createElement(tag);
  node.classList.add(...classes);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name.includes('-') || name === 'role') node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children);
  return node;
}

/** A line drawing of 24 by 24 that says nothing to a screen reader. */
export function icon(path) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** Writes only what changed: a live region must not say the same again. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Emoji that are meant to be colourful, and whatever reading.js could mark. */
const DOUBTFUL = /(?![#*\d])\p{Emoji}\uFE0F|((?![\t\n\r])[\p{C}\p{Zl}\p{Zp}\p{DI}\u2800\uFFFC\u{13441}\u{13442}\u{1D159}])/gu;

/** With a sign for all that is not surely read as it stands, until view/readable.js shows it. */
export function plainly(text) {
  return text.replace(DOUBTFUL, (part, hidden) => (hidden ? '\uFFFD' : part));
}

export function isPlain(text) {
  return plainly(text) === text;
}

/** Gives every `data-say`, `data-label` and `data-hint` below `root` its words. */
export function translate(root, words) {
  for (const node of root.querySelectorAll('[data-say]')) write(node, words.say(node.dataset.say));
  for (const node of root.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', words.say(node.dataset.label));
    if (node.matches('button')) node.title = words.say(node.dataset.label);
  }
  for (const node of root.querySelectorAll('[data-hint]')) node.placeholder = words.say(node.dataset.hint);
}

/** Leads to all of the notice about customers' data. */
export function moreAbout({ url }) {
  return el('a', { href: url, target: '_blank', rel: 'noopener noreferrer', 'data-say': 'privacyMore' });
}
