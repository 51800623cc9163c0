// 中文（简体）. Chinese, simplified. The words of the first view and of the connection.

export default {
  desk: '在线咨询',
  language: '语言',
  closePage: '关闭咨询窗口',
  close: '关闭',

  connecting: '正在连接…',
  reconnecting: '连接已中断，正在重新连接。您写的内容不会丢失。',
  reconnectNow: '立即连接',
  pausedIdle: '长时间没有使用，连接已暂停。',
  pausedReplaced: '此咨询正在另一个窗口中继续。',
  pausedOther: '连接已结束。',
  reconnect: '重新连接',
  continueHere: '在这里继续',

  greeting: '请问有什么可以帮您？',
  someoneOnDuty: '现在可以与客服交谈。',
  nobodyOnDuty: '目前没有客服在线。您可以先排队，客服上线后会按顺序为您接通。',
  topics: '咨询类别',
  openNow: '可立即咨询',
  waiting: '{n} 人排队',
  nobody: '暂无客服',
  nobodyWaiting: '暂无客服 · {n} 人排队',
  contacts: '其他联系方式',
  contactOpen: '服务中',
  contactClosed: '非服务时间',
};
