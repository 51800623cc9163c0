// One chat as the customer sees it: its phase, and its entries (view/log.js) in the order in which they are shown. Pure.

export class Conversation {
  constructor({ topic, label }) {
    /** Null until the server has given one. */
    this.id = null;
    this.topic = topic;
    this.label = label;
    /** @type {'entering'|'waiting'|'active'|'ended'} */
    this.phase = 'entering';
    /** `{position, wait, onDuty, hold}` while waiting; `hold`: for how many seconds it outlives a lost connection. */
    this.waiting = null;
    /** What was told last about a wait that takes longer: `delayed`. */
    this.delay = null;
    /** The id of an answer that was refused. */
    this.refused = null;
    this.agent = null;
    this.isAgentAway = false;
    this.isOtherTyping = false;
    this.hadAgent = false;
    this.reason = null;
    this.receipt = null;
    /** @type {null|'sending'|'done'|'closed'} */
    this.rating = null;
    /** Which question is asked; past the last one they are over. */
    this.intakeStep = 0;
    /** Whether the frequent questions were searched for the first answer. */
    this.isSuggested = false;
    /** What its topic asks, when that is something of its own: kept, as an ended chat's topic is not looked up any more. */
    this.questions = null;
    /** Those that the server has. */
    this.answers = {};
    /** Up to which seq. */
    this.seenByOther = 0;
    this.lastSeq = 0;
    this.lastOtherSeq = 0;
    /** @type {Entry[]} stored ones by seq, then what is on its way */
    this.entries = [];
    /** The seqs of the messages among them. */
    this.stored = new Set();
    this.events = 0;
  }

  static restore(saved) {
    const chat = new Conversation(saved);
    chat.questions = saved.questions ?? null;
    for (const key of ['id', 'phase', 'agent', 'hadAgent', 'reason', 'receipt', 'rating', 'seenByOther']) {
      chat[key] = saved[key];
    }
    chat.intakeStep = saved.intakeStep ?? Infinity;
    chat.isSuggested = chat.intakeStep > 0;
    Object.assign(chat.answers, saved.answers);
    for (const { id, text, at, state } of saved.unsaved) chat.append({ key: `m${id}`, id, from: 'customer', text, at, state });
    return chat;
  }

  snapshot() {
    const { id, topic, label, phase, agent, hadAgent, reason, receipt, rating, answers, questions, seenByOther } = this;
    const unsaved = this.unsaved.map(({ id, text, at, state }) => ({ id, text, at, state }));
    // Infinity is no JSON; null stands for it.
    const intakeStep = Number.isFinite(this.intakeStep) ? this.intakeStep : null;
    return {
      id, topic, label, phase, agent, hadAgent, reason, receipt, rating, answers, questions, seenByOther, intakeStep,
      unsaved,
    };
  }

  get isOver() {
    return this.phase === 'ended';
  }

  /** One's own words that the server has not stored. They stand last. */
  get unsaved() {
    return this.entries.slice(this.entries.findLastIndex((entry) => entry.seq !== null) + 1);
  }

  /** The oldest of them that is to be said. */
  get nextUnsaved() {
    return this.unsaved.find((entry) => entry.state === 'sending');
  }

  fail(id) {
    const entry = this.unsavedWithID(id);
    if (entry) entry.state = 'unsent';
  }

  // MARK: The server's messages

  take(message) {
    switch (message.type) {
      case 'queued': this.queued(message); break;
      case 'started': this.started(message); break;
      case 'message': this.hear(message); break;
      case 'ack': this.store(this.unsavedWithID(message.id), message.seq, message.at); break;
      case 'typing':
        if (message.who !== 'customer') this.isOtherTyping = message.on === true;
        break;
      case 'seen':
        if (message.who !== 'customer') this.seenByOther = Math.max(this.seenByOther, message.seq);
        break;
      case 'party': this.party(message); break;
      case 'delayed': this.delay = message; break;
      case 'ended': this.end(message.reason, message.receipt); break;
    }
  }

  queued(message) {
    if (this.phase === 'active') this.event('looking');
    this.phase = 'waiting';
    this.agent = null;
    this.isOtherTyping = false;
    const { position, wait, on_duty: onDuty, hold } = message;
    this.waiting = { position, wait, onDuty: onDuty === true, hold };
  }

  started(message) {
    // Told again after every reconnect, with the same seq.
    const key = `s${message.seq}`;
    if (!this.entries.some((entry) => entry.key === key)) {
      const isFirst = !this.entries.some((entry) => entry.key.startsWith('s'));
      this.insert({ key, seq: message.seq, from: 'event', code: isFirst ? 'started' : 'handedOver', name: message.agent });
    }
    this.phase = 'active';
    this.waiting = this.delay = null;
    this.agent = message.agent;
    this.hadAgent = true;
    this.isAgentAway = false;
  }

  hear(message) {
    if (this.stored.has(message.seq)) return;
    if (message.from !== 'customer') {
      this.isOtherTyping = false;
      this.lastOtherSeq = Math.max(this.lastOtherSeq, message.seq);
      if (message.from === 'agent') this.hadAgent = true;
    }
    const own = message.from === 'customer' ? this.unsavedWithID(message.id) : undefined;
    if (own) return this.store(own, message.seq, message.at);
    this.lastSeq = Math.max(this.lastSeq, message.seq);
    this.stored.add(message.seq);
    const { seq, from, name, id, text, at } = message;
    this.insert({ key: `q${seq}`, seq, from, name, id, text, at, state: from === 'customer' ? 'saved' : undefined });
  }

  unsavedWithID(id) {
    return this.unsaved.find((entry) => entry.id === id);
  }

  /** The server has it: from now on it stands where its seq says. */
  store(entry, seq, at) {
    this.lastSeq = Math.max(this.lastSeq, seq);
    if (!entry) return;
    this.stored.add(seq);
    this.entries.splice(this.entries.lastIndexOf(entry), 1);
    entry.seq = seq;
    entry.state = 'saved';
    if (at) entry.at = at;
    this.insert(entry);
  }

  party(message) {
    if (message.who !== 'agent') return;
    this.isAgentAway = message.state === 'away';
    this.isOtherTyping = false;
    const code = { away: 'agentAway', back: 'agentBack', left: 'agentLeft' }[message.state];
    if (code) this.event(code);
  }

  end(reason, receipt) {
    this.phase = 'ended';
    this.reason = reason;
    this.receipt = receipt;
    this.isOtherTyping = false;
    this.waiting = null;
    for (const entry of this.entries) if (entry.state === 'sending') entry.state = 'unsent';
  }

  // MARK: Order

  /** Something that happened, between the words that were there and those that will come. */
  event(code) {
    const last = this.entries.findLast((entry) => entry.seq !== null);
    // After a reload it would stand above all words.
    if (!last) return;
    this.events += 1;
    this.insert({ key: `e${this.events}`, seq: last.seq, from: 'event', code });
  }

  append(entry) {
    entry.seq ??= null;
    this.entries.push(entry);
  }

  insert(entry) {
    let index = this.entries.length;
    while (index > 0 && (this.entries[index - 1].seq === null || this.entries[index - 1].seq > entry.seq)) index -= 1;
    this.entries.splice(index, 0, entry);
  }
}
