// The page's words in the customer's language. Only the language in use is fetched.

/** In the order in which they are offered; each calls itself by its own name. */
export const LANGUAGES = { ko: '한국어', en: 'English', ja: '日本語', zh: '中文' };

/**
 * @param {(string|null|undefined)[]} wishes language tags, the dearest first
 * @returns {string} the first that we speak, or Korean
 */
export function pickLanguage(wishes) {
  for (const wish of wishes) {
    const lang = wish?.toLowerCase().split(/[-_]/)[0];
    if (lang && Object.hasOwn(LANGUAGES, lang)) return lang;
  }
  return 'ko';
}

export class Words {
  constructor(lang, table) {
    this.lang = lang;
    this.table = table;
    this.clock = new Intl.DateTimeFormat(lang, { hour: 'numeric', minute: '2-digit' });
    this.calendar = new Intl.DateTimeFormat(lang, { month: 'long', day: 'numeric', weekday: 'long' });
    this.stamp = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'medium' });
    this.numbers = new Intl.NumberFormat(lang);
  }

  /** @param {string} lang @param {boolean} hasTalk whether a conversation's words are wanted too */
  static async load(lang, hasTalk) {
    const parts = hasTalk ? ['page', 'talk'] : ['page'];
    const modules = await Promise.all(parts.map((part) => import(`./words/${part}-${lang}.js`)));
    return new Words(lang, Object.assign({}, ...modules.map((module) => module.default)));
  }

  /** The phrase with `{name}` replaced by `values.name`. Values are put in as they are: text, never markup. */
  say(key, values = {}) {
    return this.table[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
  }

  /** A phrase about a number, `key` or `keyOne`. */
  count(key, n, shown = this.numbers.format(n)) {
    return this.say(n === 1 ? `${key}One` : key, { n: shown });
  }

  time(at) {
    return this.clock.format(new Date(at));
  }

  day(at) {
    return this.calendar.format(new Date(at));
  }

  moment(at) {
    return this.stamp.format(new Date(at));
  }

  /** Who says an entry. */
  speaker({ from, name }) {
    switch (from) {
      case 'customer': return this.say('me');
      case 'agent': return name ? this.say('agentName', { name }) : this.say('agentNoName');
      case 'supervisor': return name ? this.say('supervisorName', { name }) : this.say('supervisorNoName');
      default: return this.say('system');
    }
  }

  /** How many are ahead. */
  ahead({ position }) {
    return position <= 1 ? this.say('next') : this.count('ahead', position - 1);
  }

  /** How long it takes: whole minutes, or hours once minutes say nothing any more. */
  estimate({ wait, onDuty }) {
    if (!onDuty) return this.say('waitNobody');
    if (!wait) return this.say('waitUnknown');
    const low = Math.max(0, wait.low);
    const high = Math.max(low, wait.high);
    if (high < 60) return this.say('waitMinute');
    const [key, unit] = high <= 90 * 60 ? ['waitMinutes', 60] : ['waitHours', 3600];
    const from = Math.max(1, Math.floor(low / unit));
    const to = Math.max(from, Math.ceil(high / unit));
    return this.count(key, to, from === to ? `${to}` : `${from}–${to}`);
  }
}
