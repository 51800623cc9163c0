// 日本語. Japanese, です・ます. The words of the first view and of the connection.

export default {
  desk: '相談窓口',
  language: '言語',
  closePage: '相談ウィンドウを閉じる',
  close: '閉じる',

  connecting: '接続しています…',
  reconnecting: '接続が切れました。つなぎ直しています。入力した内容はそのまま残っています。',
  reconnectNow: '今すぐ接続',
  pausedIdle: 'しばらくご利用がなかったため、接続を一時停止しています。',
  pausedReplaced: '別のウィンドウでこの相談を続けています。',
  pausedOther: '接続が終了しました。',
  reconnect: '接続し直す',
  continueHere: 'ここで続ける',

  greeting: 'どのようなご用件でしょうか。',
  someoneOnDuty: 'ただいま担当者とお話しいただけます。',
  nobodyOnDuty: 'ただいま担当者が席におりません。受付だけ先に済ませていただければ、戻り次第、順番におつなぎします。',
  topics: 'ご用件',
  openNow: 'すぐにご案内できます',
  waiting: '{n}人待ち',
  nobody: '担当者不在',
  nobodyWaiting: '担当者不在・{n}人待ち',
  contacts: 'その他のお問い合わせ方法',
  contactOpen: 'ただいま受付中',
  contactClosed: '受付時間外',
};
