// Korean, the desk's first language: polite and plain, as a good agent would say it.
//
// What stands in braces is filled in: it stays as it is. A key that ends with `One` is for the number one; where the
// language makes no difference, both say the same.

internal import SangdamCore

extension Phrases {
    static let korean = Phrases(
        language: .korean,
        // Said by hand and on the page, before a chat
        duty: Duty(
            someoneOnDuty: "지금 상담원과 이야기하실 수 있어요.",
            nobodyOnDuty: "지금은 자리에 있는 상담원이 없어요. 먼저 접수해 두시면 상담원이 오는 대로 차례로 연결해 드려요.",
            closedButMayWait: "지금은 상담 시간이 아니에요. 그래도 접수해 두실 수 있고, 상담원이 오는 대로 차례로 연결해 드려요.",
            contactOpen: "지금 운영 중",
            contactClosed: "운영 시간 아님"),
        // Frequent questions
        questions: Questions(
            faqTitle: "기다리지 않고 바로 답 찾기",
            faqExample: "예: 환불은 언제 되나요",
            faqCount: "답 {n}개를 찾았어요.",
            faqNone: "비슷한 질문을 찾지 못했어요. 다른 말로 적어 보시거나 상담원에게 물어봐 주세요.",
            faqSuggested: "혹시 이런 내용인가요?",
            faqSolved: "해결됐어요",
            faqAsk: "상담할게요",
            faqHelped: "해결됐다니 다행이에요."),
        // Said by hand and on the page, from the queue on
        both: Both(
            next: "바로 다음 차례예요",
            aheadOne: "앞에 {n}명이 기다리고 있어요",
            ahead: "앞에 {n}명이 기다리고 있어요",
            waitUnknown: "예상 시간은 아직 알 수 없어요.",
            waitMinute: "1분 안에 연결될 것 같아요.",
            waitMinutesOne: "약 {n}분 걸려요.",
            waitMinutes: "약 {n}분 걸려요.",
            waitHoursOne: "약 {n}시간 걸려요.",
            waitHours: "약 {n}시간 걸려요.",
            waitNobody: "지금은 상담원이 자리에 없어서, 오는 대로 연결해 드릴게요.",
            intakeWhat: "어떤 일이 있었나요? 오류 문구가 있으면 함께 적어 주세요.",
            intakeWhen: "언제 있었던 일인가요?",
            intakeAccount: "어느 계정(아이디)인가요? 비밀번호는 적지 마세요.",
            intakePayment: "어떤 결제인가요? 날짜와 금액, 가맹점을 적어 주세요. 카드번호는 적지 마세요.",
            intakeDevice: "어떤 기기나 앱에서 있었던 일인가요?",
            intakeGoal: "어떻게 해결되기를 바라시나요?",
            handedOver: "이제 상담원 {name} 님이 이어서 도와드려요.",
            looking: "다른 상담원을 찾고 있어요. 지금까지 나눈 이야기는 그대로 전해지니 다시 설명하지 않으셔도 돼요.",
            agentName: "상담원 {name}",
            agentNoName: "상담원",
            me: "나",
            agentAway: "상담원의 연결이 잠시 끊겼어요. 돌아오기를 기다리고 있어요.",
            agentBack: "상담원이 돌아왔어요.",
            agentLeft: "상담원이 상담에서 나갔어요.",
            customerLeft: "상담을 마쳤어요. 이용해 주셔서 고맙습니다.",
            customerLost: "연결이 오래 끊겨 있어서 상담이 끝났어요.",
            agentEnded: "상담원이 상담을 마쳤어요. 이용해 주셔서 고맙습니다.",
            idle: "오랫동안 말씀이 없으셔서 상담을 마쳤어요.",
            inquired: "기다리시던 상담 대신 문의를 접수했어요.",
            rated: "평가해 주셔서 고맙습니다."),
        // Also the `message` of `error`, which the page shows
        refusals: { code in
            switch code {
            case .badJSON: "JSON으로 읽을 수 없어요."
            case .badUTF8: "UTF-8이 아닌 글자가 있어 전하지 못했어요. 터미널의 문자 인코딩을 UTF-8로 맞춰 주세요."
            case .badField: "‘{field}’ 값이 없거나 올바르지 않아요."
            case .tooLong: "너무 길어서 전하지 못했어요. 나누어 보내 주세요."
            case .empty: "보이는 글자가 없어서 전하지 못했어요."
            case .unknownType: "모르는 종류의 메시지예요."
            case .unknownVerb: "모르는 명령이에요. /도움 을 입력하면 쓸 수 있는 명령을 보여 드려요."
            case .helloFirst: "먼저 hello를 보내 주세요."
            case .alreadyWelcome: "hello는 이미 받았어요."
            case .notAllowed: "허용되지 않은 요청이에요."
            case .wrongPassword: "이름이나 비밀번호가 맞지 않습니다."
            case .locked: "잠시 잠겼어요. {retry}"
            case .unknownToken: "재접속 코드가 맞지 않거나 이미 끝난 상담이에요."
            case .intakeRequired: "먼저 답해 주셔야 하는 질문이 있어요."
            case .unknownTopic: "그런 문의 종류가 없어요."
            case .unknownQueue: "그런 대기열이 없어요."
            case .unknownAgent: "그런 상담원이 없어요."
            case .unknownChat: "그런 상담이 없어요."
            case .unknownOffer: "이미 끝난 상담 요청입니다."
            case .alreadyInChat: "이미 상담 중이거나 기다리시는 중이에요."
            case .noChat: "지금은 진행 중인 상담이 없어요."
            case .chatNotActive: "지금은 할 수 없어요. 상담이 진행 중일 때만 돼요."
            case .chatsOpen: "열려 있는 상담을 먼저 마쳐 주세요."
            case .agentUnavailable: "그 상담원은 지금 상담을 받을 수 없어요."
            case .unsupported: "지원하지 않는 요청이에요."
            case .nothingToRate: "평가할 상담이 없어요."
            case .consentRequired: "먼저 개인정보 안내에 동의해 주세요."
            case .unknownInquiry: "그런 접수번호의 문의가 없어요."
            case .inquiryTaken: "다른 상담원이 맡고 있는 문의입니다."
            case .inquiryNotTaken: "먼저 문의를 맡아 주세요."
            case .inquiryClosed: "이미 마무리된 문의입니다."
            case .capacityFull: "지금 맡을 수 있는 문의를 모두 맡고 있어요."
            case .rateLimited: "너무 빨라요. {retry}"
            case .queueFull: "지금은 대기하시는 분이 너무 많아요. 잠시 뒤에 다시 시도해 주세요."
            case .closed: "지금은 상담 시간이 아니에요."
            case .unstaffed: "지금은 자리에 있는 상담원이 없어서 상담을 받을 수 없어요."
            case .storageFull: "지금은 기록을 저장할 수 없어 받을 수 없어요. 잠시 뒤에 다시 시도해 주세요."
            case .draining: "점검을 위해 새 상담을 받지 않고 있어요. 잠시 뒤에 다시 접속해 주세요."
            case .busy: "지금은 너무 바빠요. 잠시 뒤에 다시 시도해 주세요."
            }
        },
        // Also the `message` of `bye`
        farewells: { farewell in
            switch farewell {
            case .shuttingDown: "서버를 잠시 멈춥니다. 곧 다시 접속하시면 상담을 이어 갈 수 있어요."
            case .tooSlow: "받는 속도가 너무 느려 연결을 끊습니다. 다시 접속하시면 상담을 이어 갈 수 있어요."
            case .idle: "오랫동안 말씀이 없으셔서 연결을 끊습니다."
            case .left: "이용해 주셔서 고맙습니다. 안녕히 가세요."
            case .accountChanged: "계정이 변경되어 로그아웃되었습니다. 진행 중이던 상담은 대기열로 돌아갔습니다. 다시 로그인해 주세요."
            case .replaced: "다른 곳에서 접속하셔서 이 연결을 끊습니다."
            case .helloTimeout: "hello가 제때 오지 않아 연결을 끊습니다."
            case .otherProtocol: "이 포트는 상담 채팅입니다."
            case .historyUnavailable: "지난 대화를 지금 불러올 수 없어요. 다시 접속해 주세요."
            }
        },
        // By hand, some of it also in messages to programs
        byHand: ByHand(
            greeting: "안녕하세요, {desk}입니다. 무엇을 도와드릴까요?",
            otherLanguages: "For English, type /lang en · 日本語は /lang ja · 中文请输入 /lang zh",
            menuOpen: "  {number}. {label} (바로 상담 가능)",
            menuOpenWaiting: "  {number}. {label} ({waiting}명 대기 중)",
            menuNobody: "  {number}. {label} (상담원 없음)",
            menuNobodyWaiting: "  {number}. {label} (상담원 없음, {waiting}명 대기 중)",
            menuPrompt: "번호를 입력해 주세요. 도움말은 /도움 입니다.",
            privacy: "개인정보 안내: {text}",
            consentPrompt: "동의하시면 1, 동의하지 않으시면 2를 입력해 주세요.",
            consentDeclined: "동의하지 않으셔서 상담을 시작하지 않았어요. 다른 방법은 /연락처 를 입력해 보세요.",
            faqHint: "기다리지 않고 답을 찾으시려면: /질문 궁금한 점",
            faqUsage: "궁금한 점을 함께 적어 주세요. 예: /질문 환불은 언제 되나요",
            faqFound: "이런 질문이 있어요.",
            faqLine: "  {number}. {question}",
            faqPrompt: "번호를 입력하시면 답을 보여 드려요. 상담하시려면 /메뉴 를 입력해 주세요.",
            faqPromptWaiting: "번호를 입력하시면 답을 보여 드려요.",
            faqPromptByVerb: "/질문 1 처럼 번호와 함께 입력하시면 답을 보여 드려요.",
            faqDidItHelp: "도움이 됐나요? 해결됐으면 /해결, 아니면 /미해결 을 입력해 주세요.",
            faqNothingRead: "아직 보신 답이 없어요. /질문 으로 찾아보세요.",
            faqNotHelped: "알려 주셔서 고맙습니다. 상담하시려면 문의를 골라 주세요. 기다리고 계셨다면 그대로 기다리시면 돼요.",
            chooseOnly: "1을 입력하시면 상담을 시작해요. 도움말은 /도움 입니다.",
            chooseNumber: "1부터 {last}까지 번호로 골라 주세요. 도움말은 /도움 입니다.",
            contact: "전화 · {label}: {phone} ({hours})",
            noContacts: "등록된 전화번호가 없어요. 이 채팅으로 문의해 주세요.",
            helpLines: [
                "쓸 수 있는 명령이에요. 그 밖의 글은 그대로 상담원에게 전해져요.",
                "  /메뉴        문의 종류를 다시 보여 드려요",
                "  /질문 환불 언제   자주 묻는 질문에서 찾기",
                "  /해결        찾은 답으로 해결됐어요 (아니면 /미해결)",
                "  /문의        나중에 답을 받을 글 남기기 (다 적으면 /보내기, 그만두려면 /취소)",
                "  /문의 접수번호  남긴 문의와 답 보기 (덧붙이려면 /답장 접수번호)",
                "  /대기        몇 번째인지, 얼마나 걸리는지",
                "  /건너뛰기    남은 사전 질문을 모두 건너뛰기",
                "  /기록        지금 상담의 처음부터 다시 보기",
                "  /평가 5 고마워요   끝난 상담을 1–5점으로 평가",
                "  /연락처      전화번호와 운영 시간",
                "  /재접속 코드  끊겼던 상담으로 돌아가기",
                "  /언어 ko|en|ja|zh   언어 바꾸기",
                "  /나가기      상담을 마치거나 접속 끊기",
                "‘/’로 시작하는 글을 보내려면 ‘//’로 시작해 주세요.",
            ],
            welcomeBack: "다시 오신 것을 환영해요.",
            entered: "‘{topic}’ 문의를 접수했어요.",
            stop: ". ",
            wayBack: "연결이 끊기면 다시 접속해서 이렇게 입력해 주세요: /재접속 {code}",
            wayBackHeld: "연결이 끊겨도 {length} 동안 자리를 지켜 드려요(창을 닫으면 취소돼요). 다시 접속해서 이렇게 입력해 주세요: /재접속 {code}",
            secondsOne: "{n}초",
            seconds: "{n}초",
            minutesOne: "{n}분",
            minutes: "{n}분",
            hoursOne: "{n}시간",
            hours: "{n}시간",
            intakeIntroduction: "기다리시는 동안 몇 가지 여쭤볼게요. 엔터만 치면 다음 질문으로, /건너뛰기 를 입력하면 모두 건너뛰어요.",
            intakeDone: "고맙습니다. 적어 주신 내용은 상담원이 미리 봅니다. 덧붙일 말은 그냥 입력해 주세요.",
            intakeSkipped: "네, 질문은 건너뛸게요. 하실 말씀은 그냥 입력해 주세요.",
            intakeTooLong: "답이 너무 길어요. 1,000바이트(한글 약 330자) 안으로 줄여 주세요.",
            intakeRequiredIntroduction: "먼저 꼭 필요한 것만 여쭤볼게요. 그만두려면 /메뉴 를 입력해 주세요.",
            intakeRequired: "이 질문에는 꼭 답해 주셔야 해요. 그만두려면 /메뉴 를 입력해 주세요.",
            intakeNoDate: "날짜를 적어 주세요. 예: 어제, 11월 30일, 2026-11-30",
            intakeNoAmount: "금액을 적어 주세요. 예: 45,000원",
            intakeNoChoice: "번호를 하나 골라 주세요.",
            choice: "{number}) {label}",
            started: "상담원 {name} 님과 연결됐어요. 편하게 말씀해 주세요. 마치려면 /나가기 를 입력하세요.",
            talking: "지금 상담원 {name} 님과 상담하고 계세요.",
            erasedWords: "[지움]",
            idleReminderOne: "아직 계신가요? {n}분 더 말씀이 없으시면 상담을 마칠게요.",
            idleReminder: "아직 계신가요? {n}분 더 말씀이 없으시면 상담을 마칠게요.",
            leftQueue: "대기를 취소했어요. 언제든 다시 찾아 주세요.",
            receipt: "접수번호: {code} (나중에 문의하실 때 알려 주세요)",
            howToRate: "상담이 어떠셨나요? 예: /평가 5 친절했어요 (1–5점)",
            transcriptBegins: "── 여기부터 상담 기록이에요 ──",
            transcriptEnds: "── 상담 기록은 여기까지예요 ──",
            languageChanged: "이제 한국어로 안내해 드릴게요.",
            languageUsage: "이렇게 입력해 주세요: /언어 ko (ko 한국어, en English, ja 日本語, zh 中文)",
            rateUsage: "1점에서 5점까지 입력해 주세요. 예: /평가 5 친절했어요",
            resumeUsage: "재접속 코드를 함께 입력해 주세요. 예: /재접속 코드",
            nothingToSkip: "지금은 건너뛸 질문이 없어요.",
            noChatHint: "지금은 진행 중인 상담이 없어서 전해지지 않았어요. /메뉴 를 입력하면 상담을 시작할 수 있어요.",
            menuOnlyOutsideChats: "이미 상담 중이거나 기다리시는 중이에요. 그만두시려면 /나가기 를 입력해 주세요.",
            stillOpen: "지금 받을 수 있는 문의: {labels}",
            retryOne: "{n}초 뒤에 다시 시도해 주세요.",
            retry: "{n}초 뒤에 다시 시도해 주세요.",
            retrySoon: "잠시 뒤에 다시 시도해 주세요.",
            lockedForGood: "잠긴 계정이에요. 관리자에게 문의해 주세요."),
        // Hours, by hand and in messages to programs
        hours: Hours(
            menuClosed: "  {number}. {label} (지금은 닫혀 있어요)",
            menuClosedUntil: "  {number}. {label} (지금은 닫혀 있어요. {opens})",
            opens: "{when}에 열려요",
            today: "오늘 {time}",
            tomorrow: "내일 {time}",
            onWeekday: "{weekday} {time}",
            onDate: "{month} {day}일 {time}",
            weekdays: ["월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"],
            months: ["1월", "2월", "3월", "4월", "5월", "6월", "7월", "8월", "9월", "10월", "11월", "12월"],
            midnight: "0시",
            noon: "낮 12시",
            morning: "오전 {hour}시",
            morningMinutes: "오전 {hour}시 {minute}분",
            afternoon: "오후 {hour}시",
            afternoonMinutes: "오후 {hour}시 {minute}분",
            closedServed: "상담 시간이 끝났지만 기다리시던 순서는 그대로예요. 상담원이 있는 동안 차례로 연결해 드려요.",
            closedAlone: "지금은 상담 시간이 아니에요. 순서는 그대로 지켜 드리고, 상담원이 오는 대로 차례로 연결해 드려요.",
            waited: "오래 기다리시게 해서 죄송해요. 순서는 그대로예요.",
            opensBehind: " {opens}.",
            contactsBehind: " 다른 연락처: {contacts}"),
        // Questions that are answered later, by hand
        inquiries: Inquiries(
            hint: "지금 채팅 상담을 하지 않는 문의는 글로 남겨 두실 수 있어요. 번호를 고르시거나 /문의 를 입력해 주세요.",
            insteadOfWaiting: "기다리지 않고 나중에 답을 받으시려면 /문의 를 입력해 주세요.",
            instead: "대신 문의를 글로 남겨 두시면 답해 드려요. 그만두려면 /취소 를 입력해 주세요.",
            topicPrompt: "어떤 문의인가요? 번호로 골라 주세요. 그만두려면 /취소 를 입력해 주세요.",
            textPrompt: "문의하실 내용을 적어 주세요. 있었던 일과 때, 계정, 바라시는 것을 함께 적어 주시면 다시 여쭤보지 않아도 돼요. 비밀번호와 카드번호는 적지 마세요.",
            replyPrompt: "덧붙이실 말을 적어 주세요.",
            howToSend: "여러 줄로 적으셔도 돼요. 다 적으셨으면 /보내기, 그만두려면 /취소 를 입력해 주세요.",
            full: "이 줄은 넣지 못했어요. 글은 {limit}바이트까지이고, {room}바이트 남았어요. 줄이거나 나누어 적어 주세요. 보내려면 /보내기 를 입력해 주세요.",
            emailPrompt: "이메일 주소를 알려 주시겠어요? 없으면 엔터만 치시거나 /건너뛰기 를 입력해 주세요.",
            emailWrong: "이메일 주소로 읽을 수 없어요. name@example.com 처럼 영문과 숫자로 다시 적어 주세요. 없으면 엔터만 쳐 주세요.",
            emailTooLong: "이메일 주소가 너무 길어요. 254자까지 적으실 수 있어요. 없으면 엔터만 쳐 주세요.",
            declined: "동의하지 않으셔서 문의를 보내지 않았어요.",
            arrived: "문의를 접수했어요. 접수번호: {code}",
            due: "답변 예정: {when}까지",
            mailed: "답은 이메일로도 보내 드려요.",
            howToRead: "답을 보시려면 언제든 다시 접속해서 이렇게 입력해 주세요: /문의 {code}",
            replied: "문의에 덧붙였어요. 답을 보시려면: /문의 {code}",
            otherReceipt: "접수번호를 고치려면 /답장 접수번호 를 입력해 주세요.",
            kept: "적으신 글은 그대로 있어요. 보내려면 /보내기, 버리려면 /취소 를 입력해 주세요.",
            paused: "적으시던 문의는 보내지 않고 두었어요. 상담원에게 보내려면 /보내기, 버리려면 /취소 를 입력해 주세요.",
            tooManyOne: "너무 자주 보내셨어요. {n}분 뒤에 다시 보내 주세요.",
            tooMany: "너무 자주 보내셨어요. {n}분 뒤에 다시 보내 주세요.",
            unsent: "아직 보내지 않은 글이 있어요. 먼저 /보내기 로 보내시거나 /취소 로 버려 주세요.",
            dropped: "보내지 않은 글은 버려졌어요.",
            cancelled: "네, 그만둘게요. 보낸 것은 없어요.",
            nothingToCancel: "지금은 취소할 것이 없어요. 상담이나 대기를 그만두려면 /나가기 를 입력해 주세요.",
            nothingToSend: "보낼 글이 없어요. 문의를 남기려면 /문의 를 입력해 주세요.",
            stateOpen: "문의 {code}: 접수됐어요.",
            stateTaken: "문의 {code}: 상담원이 보고 있어요.",
            stateAnswered: "문의 {code}: 답이 왔어요.",
            stateReopened: "문의 {code}: 덧붙이신 말을 접수했어요.",
            stateClosed: "문의 {code}: 마무리됐어요.",
            howToReply: "더 하실 말씀이 있으면: /답장 {code}",
            usage: "접수번호를 다시 확인해 주세요. 남긴 문의를 보려면 /문의 접수번호, 새로 남기려면 /문의 만 입력해 주세요.",
            replyUsage: "접수번호와 덧붙일 말을 적어 주세요. 예: /답장 접수번호 덧붙일 말"),
        // The page's first view and its connection
        firstView: FirstView(
            desk: "상담",
            language: "언어",
            closePage: "상담 창 닫기",
            close: "닫기",
            connecting: "연결하고 있어요…",
            reconnecting: "연결이 끊겼어요. 다시 연결하고 있어요. 쓰신 말은 그대로 있어요.",
            reconnectNow: "지금 연결",
            greeting: "무엇을 도와드릴까요?",
            topics: "문의 종류",
            openNow: "바로 상담 가능",
            waiting: "{n}명 대기 중",
            nobody: "상담원 없음",
            nobodyWaiting: "상담원 없음 · {n}명 대기 중",
            contacts: "다른 연락 방법",
            closedNow: "지금은 운영 시간이 아니에요",
            nothingOpen: "지금은 채팅 상담을 받지 않는 시간이에요. 아래 연락처를 이용해 주세요.",
            privacy: "개인정보 안내",
            privacyMore: "자세히 보기",
            inquire: "문의 남기기",
            receipts: "답변 보기"),
        // The page's conversation
        conversation: Conversation(
            pausedIdle: "오래 쓰지 않으셔서 연결을 잠시 쉬고 있어요.",
            pausedReplaced: "다른 창에서 이 상담을 이어 가고 있어요.",
            pausedOther: "연결이 끝났어요.",
            reconnect: "다시 연결",
            continueHere: "여기서 계속",
            paced: "조금 천천히 보낼게요. 쓰신 말은 빠짐없이 전해져요.",
            storageFull: "지금은 기록을 저장할 수 없어요. 저장할 수 있게 되면 바로 보낼게요.",
            busy: "지금 문의가 많아요. 잠시 뒤에 다시 시도할게요.",
            draining: "점검을 위해 잠시 멈춰요. 곧 이어서 연결해 드릴게요.",
            consentTitle: "상담을 시작하기 전에",
            consentAgree: "동의하고 시작하기",
            back: "돌아가기",
            closedText: "지금은 이 문의를 채팅으로 받지 않아요. 다른 방법으로 연락하시거나 나중에 다시 찾아 주세요.",
            closedOthers: "지금 상담할 수 있는 문의",
            requiredTitle: "먼저 알려 주세요",
            requiredHint: "상담원이 바로 도와드리는 데 꼭 필요한 내용이에요.",
            requiredStart: "상담 시작하기",
            answerChoose: "골라 주세요",
            answerMissing: "꼭 적어 주세요.",
            answerNoAmount: "금액을 숫자로 적어 주세요. 예: 45,000원",
            answerRefused: "알아듣지 못했어요. 다르게 적어 주세요.",
            entering: "접수하고 있어요…",
            placeOne: "접수했어요 · 첫 번째 순서예요",
            place: "접수했어요 · {n}번째 순서예요",
            keepOpen: "이 창을 열어 두세요. 닫고 잠시 지나면 접수가 취소돼요.",
            keepPlaceOne: "화면이 꺼지거나 연결이 끊겨도 {n}분 동안 자리를 지켜 드려요.",
            keepPlace: "화면이 꺼지거나 연결이 끊겨도 {n}분 동안 자리를 지켜 드려요.",
            reconnectingPlace: "연결이 끊겨서 다시 연결하고 있어요. {time}까지는 자리를 지켜 드려요.",
            leaveQueue: "대기 취소",
            intakeTitle: "기다리시는 동안 몇 가지 여쭤볼게요",
            intakeHint: "상담원이 먼저 읽어서, 다시 설명하지 않으셔도 돼요.",
            intakeProgress: "{total}개 중 {n}번째 질문",
            intakeTooLong: "답이 너무 길어요. 한글 약 330자 안으로 줄여 주세요.",
            intakeNext: "다음",
            intakeSkip: "건너뛰기",
            intakeSkipAll: "모두 건너뛰기",
            intakeDone: "고맙습니다. 적어 주신 내용은 상담원이 미리 봅니다. 덧붙일 말은 아래에 적어 주세요.",
            answersTitle: "적어 주신 내용",
            answerWhat: "있었던 일",
            answerWhen: "있었던 때",
            answerAccount: "계정",
            answerPayment: "결제",
            answerDevice: "기기나 앱",
            answerGoal: "바라시는 것",
            started: "상담원 {name} 님과 연결됐어요. 편하게 말씀해 주세요.",
            chat: "상담 대화",
            chattingWith: "상담원 {name}",
            chatting: "상담 중",
            agentIsAway: "연결이 잠시 끊김",
            system: "안내",
            blank: "(빈 메시지)",
            typing: "상담원이 입력하고 있어요",
            sending: "보내는 중",
            saved: "전송됨",
            seen: "읽음",
            unsent: "보내지 못함",
            editAgain: "다시 쓰기",
            newWords: "새 메시지 보기",
            message: "메시지",
            messagePlaceholder: "메시지를 입력해 주세요",
            send: "보내기",
            sendHint: "Enter로 보내고, Shift+Enter로 줄을 바꿔요.",
            bytes: "{n} / {limit}바이트",
            tooLong: "너무 길어요. 나누어 보내 주세요.",
            onlyWords: "파일과 사진은 아직 보낼 수 없어요. 글로 적어 주시면 도와드릴게요.",
            save: "기록 저장",
            end: "상담 마치기",
            endTitle: "상담을 마칠까요?",
            endText: "마친 뒤에도 이 창에서 대화를 읽고 저장할 수 있어요.",
            leaveTitle: "대기를 취소할까요?",
            leaveText: "지금 자리는 다음 분께 넘어가요.",
            keepGoing: "계속하기",
            endedTitle: "상담이 끝났어요",
            unknown: "연결이 끊긴 사이에 상담이 끝났어요.",
            leftQueue: "대기를 취소했어요. 언제든 다시 찾아 주세요.",
            placeLost: "연결이 오래 끊겨 있어서 접수가 취소됐어요. 다시 문의하시면 바로 접수해 드릴게요.",
            receipt: "접수번호",
            receiptHint: "나중에 문의하실 때 알려 주세요.",
            copy: "복사",
            copied: "복사했어요",
            rateTitle: "상담이 어떠셨나요?",
            rateOne: "{n}점",
            rate: "{n}점",
            rateComment: "남기실 말씀 (선택)",
            commentTooLong: "남기실 말씀이 너무 길어요. 조금 줄여 주세요.",
            rateSend: "평가 보내기",
            rateClosed: "평가할 수 있는 시간이 지났어요.",
            startAnew: "새로 문의하기",
            transcriptTitle: "상담 기록",
            transcriptTopic: "문의 종류",
            transcriptSaved: "저장한 때",
            transcriptFile: "상담",
            closedInquiry: "지금은 이 문의를 채팅으로 받지 않아요. 문의를 남겨 주시면 상담원이 확인하고 답변드려요.",
            inquiryTitle: "문의 남기기",
            inquiryHint: "적어 두시면 상담원이 확인하고 답변드려요. 기다리지 않으셔도 돼요.",
            inquiryTopic: "무엇에 대한 문의인가요?",
            inquiryText: "문의 내용",
            inquiryEmail: "이메일 (선택)",
            inquiryEmailHint: "적어 주시면 답변을 메일로도 보내 드려요. 없으면 접수번호로 확인하실 수 있어요.",
            inquirySend: "남기기",
            inquiryTooLong: "내용이 너무 길어요. 줄여서 다시 보내 주세요.",
            inquiryNoEmail: "이메일 주소를 다시 확인해 주세요.",
            inquiryLimited: "문의를 너무 많이 남기셨어요. {n}분 뒤에 다시 보내 주세요.",
            inquiryLeft: "문의를 접수했어요",
            inquiryDue: "{time}까지 답변드려요.",
            inquiryByMail: "접수 확인과 답변을 메일로 보내 드려요.",
            inquiryByReceipt: "답변은 아래의 ‘답변 보기’에서 접수번호로 확인해 주세요.",
            inquiryReceiptHint: "이 번호로 언제든 답변을 볼 수 있어요. 적어 두세요.",
            inquiryMayClose: "이제 창을 닫으셔도 돼요.",
            inquiryDone: "처음으로",
            inquiryRead: "남긴 문의 보기",
            inquiryInstead: "기다리는 대신 문의 남기기",
            lookUp: "문의 답변 보기",
            lookUpMine: "이 창에서 남긴 문의",
            lookUpRead: "보기",
            threadAdd: "더 하실 말씀",
            inquirySought: "문의를 찾고 있어요…",
            inquiryUnknown: "이 번호의 문의가 없어요. 번호를 다시 확인해 주세요. 끝난 지 오래된 문의는 볼 수 없어요.",
            inquiryAnswered: "답변드렸어요. 더 궁금한 점이 있으면 아래에 적어 주세요.",
            inquiryClosed: "끝난 문의예요. 아래에 적으시면 다시 이어져요."))
}
