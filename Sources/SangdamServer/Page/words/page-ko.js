// 한국어. Korean, the desk's first language: polite and plain, as a good agent would say it. The words of the first view and of the connection.

export default {
  desk: '상담',
  language: '언어',
  closePage: '상담 창 닫기',
  close: '닫기',

  connecting: '연결하고 있어요…',
  reconnecting: '연결이 끊겼어요. 다시 연결하고 있어요. 쓰신 말은 그대로 있어요.',
  reconnectNow: '지금 연결',
  pausedIdle: '오래 쓰지 않으셔서 연결을 잠시 쉬고 있어요.',
  pausedReplaced: '다른 창에서 이 상담을 이어 가고 있어요.',
  pausedOther: '연결이 끝났어요.',
  reconnect: '다시 연결',
  continueHere: '여기서 계속',

  greeting: '무엇을 도와드릴까요?',
  someoneOnDuty: '지금 상담원과 이야기하실 수 있어요.',
  nobodyOnDuty: '지금은 자리에 있는 상담원이 없어요. 먼저 접수해 두시면 상담원이 오는 대로 차례로 연결해 드려요.',
  topics: '문의 종류',
  openNow: '바로 상담 가능',
  waiting: '{n}명 대기 중',
  nobody: '상담원 없음',
  nobodyWaiting: '상담원 없음 · {n}명 대기 중',
  contacts: '다른 연락 방법',
  contactOpen: '지금 운영 중',
  contactClosed: '운영 시간 아님',
};
