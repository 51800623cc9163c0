// English. The words of the first view and of the connection.

export default {
  desk: 'Chat support',
  language: 'Language',
  closePage: 'Close the chat window',
  close: 'Close',

  connecting: 'Connecting…',
  reconnecting: 'The connection was lost. Reconnecting; what you wrote is safe.',
  reconnectNow: 'Connect now',
  pausedIdle: 'Paused because the chat was not used for a while.',
  pausedReplaced: 'This chat goes on in another window.',
  pausedOther: 'The connection has ended.',
  reconnect: 'Reconnect',
  continueHere: 'Continue here',

  greeting: 'How can we help?',
  someoneOnDuty: 'You can talk to an agent now.',
  nobodyOnDuty:
    'No agent is on duty right now. Join the line and you will be connected, in turn, as soon as one arrives.',
  topics: 'Topics',
  openNow: 'Available now',
  waiting: '{n} waiting',
  nobody: 'No agent on duty',
  nobodyWaiting: 'No agent on duty · {n} waiting',
  contacts: 'Other ways to reach us',
  contactOpen: 'Open now',
  contactClosed: 'Closed now',
};
