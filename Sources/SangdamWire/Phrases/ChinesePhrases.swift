// Chinese, simplified.
//
// What stands in braces is filled in: it stays as it is. A key that ends with `One` is for the number one; where the
// language makes no difference, both say the same.

internal import SangdamCore

extension Phrases {
    static let chinese = Phrases(
        language: .chinese,
        // Said by hand and on the page, before a chat
        duty: Duty(
            someoneOnDuty: "现在可以与客服交谈。",
            nobodyOnDuty: "目前没有客服在线。您可以先排队，客服上线后会按顺序为您接通。",
            closedButMayWait: "现在是非服务时间。您仍可先排队，客服上线后会按顺序为您接通。",
            contactOpen: "服务中",
            contactClosed: "非服务时间"),
        // Frequent questions
        questions: Questions(
            faqTitle: "无需等待，先找答案",
            faqExample: "例如：退款什么时候到账",
            faqCount: "找到 {n} 个答案。",
            faqNone: "没有找到类似的问题。请换个说法，或咨询客服。",
            faqSuggested: "您想问的是不是这些？",
            faqSolved: "已解决",
            faqAsk: "我要咨询",
            faqHelped: "很高兴问题解决了。"),
        // Said by hand and on the page, from the queue on
        both: Both(
            next: "下一位就是您",
            aheadOne: "您前面还有 {n} 人",
            ahead: "您前面还有 {n} 人",
            waitUnknown: "暂时无法估计等待时间。",
            waitMinute: "预计一分钟内接通。",
            waitMinutesOne: "大约需要 {n} 分钟。",
            waitMinutes: "大约需要 {n} 分钟。",
            waitHoursOne: "大约需要 {n} 小时。",
            waitHours: "大约需要 {n} 小时。",
            waitNobody: "目前没有客服在线，上线后会马上为您接通。",
            intakeWhat: "发生了什么事？如有错误提示，请一并写下。",
            intakeWhen: "是什么时候发生的？",
            intakeAccount: "是哪个账号？请不要输入密码。",
            intakePayment: "是哪笔付款？请写下日期、金额和商家。请不要输入卡号。",
            intakeDevice: "您当时使用的是什么设备或应用？",
            intakeGoal: "您希望我们怎么解决？",
            handedOver: "接下来由客服 {name} 为您服务。",
            looking: "正在为您联系另一位客服。之前的内容都会转达，您不必重新说明。",
            agentName: "客服 {name}",
            agentNoName: "客服",
            me: "我",
            agentAway: "客服的连接暂时中断，正在等待其返回。",
            agentBack: "客服回来了。",
            agentLeft: "客服已离开咨询。",
            customerLeft: "咨询已结束，感谢您的使用。",
            customerLost: "连接中断时间过长，咨询已结束。",
            agentEnded: "客服已结束咨询，感谢您的使用。",
            idle: "长时间没有消息，咨询已结束。",
            inquired: "已受理您的留言，不再继续排队。",
            rated: "感谢您的评价。"),
        // Also the `message` of `error`, which the page shows
        refusals: { code in
            switch code {
            case .badJSON: "无法识别的 JSON。"
            case .badUTF8: "内容不是有效的 UTF-8，没有发出。请将终端编码设为 UTF-8。"
            case .badField: "“{field}”的值缺失或不正确。"
            case .tooLong: "内容太长，没有发出。请分开发送。"
            case .empty: "内容里没有可见的文字，没有发出。"
            case .unknownType: "没有这种消息类型。"
            case .unknownVerb: "没有这个命令。输入 /帮助 可查看所有命令。"
            case .helloFirst: "请先发送 hello。"
            case .alreadyWelcome: "已经收到过 hello。"
            case .notAllowed: "不允许此操作。"
            case .wrongPassword: "名称或密码不正确。"
            case .locked: "已暂时锁定。{retry}"
            case .unknownToken: "代码不正确，或该咨询已结束。"
            case .intakeRequired: "有些问题需要先回答。"
            case .unknownTopic: "没有这个咨询类别。"
            case .unknownQueue: "没有这个队列。"
            case .unknownAgent: "没有这位客服。"
            case .unknownChat: "没有这次咨询。"
            case .unknownOffer: "该邀请已失效。"
            case .alreadyInChat: "您已经在咨询或排队中。"
            case .noChat: "当前没有进行中的咨询。"
            case .chatNotActive: "只有在咨询进行中才能这样做。"
            case .chatsOpen: "请先结束进行中的咨询。"
            case .agentUnavailable: "该客服现在无法接待。"
            case .unsupported: "不支持此操作。"
            case .nothingToRate: "没有可评价的咨询。"
            case .consentRequired: "请先同意个人信息说明。"
            case .unknownInquiry: "没有这个受理编号的留言。"
            case .inquiryTaken: "该留言已由其他客服处理。"
            case .inquiryNotTaken: "请先领取该留言。"
            case .inquiryClosed: "该留言已关闭。"
            case .capacityFull: "您领取的留言已达上限。"
            case .rateLimited: "发送太快了。{retry}"
            case .queueFull: "目前排队的人太多，请稍后再试。"
            case .closed: "现在不在服务时间。"
            case .unstaffed: "目前没有客服在线，暂时无法受理。"
            case .storageFull: "暂时无法保存记录，请稍后再试。"
            case .draining: "正在维护，暂不接受新的咨询，请稍后再连接。"
            case .busy: "现在太忙，请稍后再试。"
            }
        },
        // Also the `message` of `bye`
        farewells: { farewell in
            switch farewell {
            case .shuttingDown: "服务器即将暂停。稍后重新连接即可继续咨询。"
            case .tooSlow: "接收速度太慢，连接将关闭。重新连接即可继续咨询。"
            case .idle: "长时间没有消息，连接将关闭。"
            case .left: "感谢您的使用，再见。"
            case .accountChanged: "您的账号已更改，您已退出登录。进行中的咨询已返回队列，请重新登录。"
            case .replaced: "您已从其他地方连接，此连接将关闭。"
            case .helloTimeout: "未及时收到 hello，连接将关闭。"
            case .otherProtocol: "此端口是咨询聊天。"
            case .historyUnavailable: "暂时无法读取之前的对话，请重新连接。"
            }
        },
        // By hand, some of it also in messages to programs
        byHand: ByHand(
            greeting: "您好，这里是{desk}。请问有什么可以帮您？",
            otherLanguages: "한국어는 /언어 ko · For English, type /lang en · 日本語は /lang ja",
            menuOpen: "  {number}. {label}（可立即咨询）",
            menuOpenWaiting: "  {number}. {label}（{waiting} 人排队）",
            menuNobody: "  {number}. {label}（暂无客服）",
            menuNobodyWaiting: "  {number}. {label}（暂无客服，{waiting} 人排队）",
            menuPrompt: "请输入编号。需要帮助请输入 /帮助 或 /help。",
            privacy: "个人信息说明：{text}",
            consentPrompt: "同意请输入 1，不同意请输入 2。",
            consentDeclined: "您没有同意，因此没有开始咨询。其他联系方式请输入 /联系方式。",
            faqHint: "不想等待？输入 /问题 加上您想了解的内容，即可查找答案",
            faqUsage: "请加上您想了解的内容，例如：/问题 退款什么时候到账",
            faqFound: "找到以下问题。",
            faqLine: "  {number}. {question}",
            faqPrompt: "输入编号即可查看答案。如需咨询客服，请输入 /菜单。",
            faqPromptWaiting: "输入编号即可查看答案。",
            faqPromptByVerb: "输入 /问题 1 这样的编号即可查看答案。",
            faqDidItHelp: "有帮助吗？已解决请输入 /解决，未解决请输入 /未解决。",
            faqNothingRead: "您还没有查看答案。请用 /问题 查找。",
            faqNotHelped: "感谢您的反馈。如需咨询，请选择主题；如果您已在排队，请继续等候。",
            chooseOnly: "输入 1 即可开始咨询。需要帮助请输入 /帮助。",
            chooseNumber: "请输入 1 到 {last} 的编号。需要帮助请输入 /帮助。",
            contact: "电话 · {label}：{phone}（{hours}）",
            noContacts: "没有登记的电话号码，请直接在这里咨询。",
            helpLines: [
                "可以使用以下命令，其他内容会直接发给客服。",
                "  /菜单         重新显示咨询类别",
                "  /问题 内容    查找常见问题",
                "  /解决         答案有帮助（否则 /未解决）",
                "  /留言         留下问题，稍后收到答复（写完用 /发送，放弃用 /取消）",
                "  /留言 受理编号   查看留言和答复（补充用 /回复 受理编号）",
                "  /排队         您的位置和大概的等待时间",
                "  /跳过         跳过剩下的问题",
                "  /记录         从头查看这次咨询",
                "  /评价 5 谢谢   为已结束的咨询打 1–5 分",
                "  /联系         电话号码和服务时间",
                "  /重连 代码   返回中断的咨询",
                "  /语言 ko|en|ja|zh   更换语言",
                "  /退出         结束咨询或离开",
                "要发送以“/”开头的内容，请以“//”开头。",
            ],
            welcomeBack: "欢迎回来。",
            entered: "已受理“{topic}”。",
            stop: "。",
            wayBack: "如果连接中断，请重新连接并输入：/重连 {code}",
            wayBackHeld: "如果连接中断，您的排队位置会保留 {length}（关闭窗口则取消），请重新连接并输入：/重连 {code}",
            secondsOne: "{n} 秒",
            seconds: "{n} 秒",
            minutesOne: "{n} 分钟",
            minutes: "{n} 分钟",
            hoursOne: "{n} 小时",
            hours: "{n} 小时",
            intakeIntroduction: "等待期间想先了解几个问题。直接按回车可跳过一个，输入 /跳过 可全部跳过。",
            intakeDone: "谢谢，客服会先看到这些内容。如需补充，请直接输入。",
            intakeSkipped: "好的，不再提问。想说的话请直接输入。",
            intakeTooLong: "回答太长了，请控制在 1,000 字节（约 330 个汉字）以内。",
            intakeRequiredIntroduction: "首先只问几个必需的问题。如要返回，请输入 /菜单。",
            intakeRequired: "这个问题必须回答。如要返回，请输入 /菜单。",
            intakeNoDate: "请写下日期，例如：昨天、11月30日、2026-11-30。",
            intakeNoAmount: "请写下金额，例如：500元。",
            intakeNoChoice: "请选择一个编号。",
            choice: "{number}) {label}",
            started: "已为您接通客服 {name}，请描述您的问题。结束时请输入 /退出。",
            talking: "您正在与客服 {name} 交谈。",
            erasedWords: "[已删除]",
            idleReminderOne: "您还在吗？如果再过 {n} 分钟没有消息，咨询将结束。",
            idleReminder: "您还在吗？如果再过 {n} 分钟没有消息，咨询将结束。",
            leftQueue: "您已退出排队，欢迎随时再来。",
            receipt: "受理编号：{code}（再次咨询时请提供）",
            howToRate: "您对这次咨询满意吗？例如：/评价 5 很亲切（1–5 分）",
            transcriptBegins: "── 咨询记录开始 ──",
            transcriptEnds: "── 咨询记录结束 ──",
            languageChanged: "接下来将用中文为您服务。",
            languageUsage: "请这样输入：/语言 zh（ko 한국어，en English，ja 日本語，zh 中文）",
            rateUsage: "请输入 1 到 5 分，例如：/评价 5 很亲切",
            resumeUsage: "请一并输入代码：/重连 代码",
            nothingToSkip: "现在没有可以跳过的问题。",
            noChatHint: "您当前不在咨询中，内容没有发出。输入 /菜单 可开始咨询。",
            menuOnlyOutsideChats: "您正在咨询或排队中。如要停止，请输入 /退出。",
            stillOpen: "目前可受理：{labels}",
            retryOne: "请在 {n} 秒后重试。",
            retry: "请在 {n} 秒后重试。",
            retrySoon: "请稍后再试。",
            lockedForGood: "该账号已被锁定，请联系管理员。"),
        // Hours, by hand and in messages to programs
        hours: Hours(
            menuClosed: "  {number}. {label}（不在服务时间）",
            menuClosedUntil: "  {number}. {label}（不在服务时间，{opens}）",
            opens: "{when}开始服务",
            today: "今天{time}",
            tomorrow: "明天{time}",
            onWeekday: "{weekday}{time}",
            onDate: "{month}{day}号{time}",
            weekdays: ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
            months: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
            midnight: "零点",
            noon: "中午12点",
            morning: "上午{hour}点",
            morningMinutes: "上午{hour}点{minute}分",
            afternoon: "下午{hour}点",
            afternoonMinutes: "下午{hour}点{minute}分",
            closedServed: "服务时间已结束，但您的排队位置不变。客服在线期间会按顺序为您接通。",
            closedAlone: "现在不在服务时间。您的排队位置会保留，客服上线后会按顺序为您接通。",
            waited: "让您久等了，非常抱歉。您的排队位置不变。",
            opensBehind: "{opens}。",
            contactsBehind: "其他联系方式：{contacts}"),
        // Questions that are answered later, by hand
        inquiries: Inquiries(
            hint: "目前不提供在线咨询的类别可以留言。请选择编号，或输入 /留言。",
            insteadOfWaiting: "如果不想等待、希望稍后收到答复，请输入 /留言。",
            instead: "您可以先留言，我们会答复您。如要放弃，请输入 /取消。",
            topicPrompt: "请问您要咨询哪一类问题？请输入编号。如要放弃，请输入 /取消。",
            textPrompt: "请写下您的问题。请一并写明发生了什么、什么时候、哪个账号以及您希望怎样解决，这样我们就不用再问您。请不要写密码和卡号。",
            replyPrompt: "请写下要补充的内容。",
            howToSend: "可以写多行。写完后请输入 /发送；如要放弃，请输入 /取消。",
            full: "这一行放不下了。全文最多 {limit} 字节，还剩 {room} 字节。请缩短或分开写。要发送已写的内容，请输入 /发送。",
            emailPrompt: "请问您的电子邮箱是什么？没有的话请直接按回车，或输入 /跳过。",
            emailWrong: "无法识别这个电子邮箱。请用英文字母和数字书写，例如 name@example.com；没有的话请直接按回车。",
            emailTooLong: "电子邮箱太长了，最多 254 个字符。没有的话请直接按回车。",
            declined: "您没有同意，因此留言没有发出。",
            arrived: "已收到您的留言。受理编号：{code}",
            due: "答复期限：{when}之前",
            mailed: "答复也会发送到您的邮箱。",
            howToRead: "要查看答复，请随时重新连接并输入：/留言 {code}",
            replied: "已补充到留言中。要查看答复：/留言 {code}",
            otherReceipt: "要更正受理编号，请输入 /回复 受理编号。",
            kept: "您写的内容还在。要发送请输入 /发送，要放弃请输入 /取消。",
            paused: "您正在写的留言没有发出，已为您保留。要发给客服请输入 /发送，要放弃请输入 /取消。",
            tooManyOne: "发送太频繁了，请在 {n} 分钟后再发送。",
            tooMany: "发送太频繁了，请在 {n} 分钟后再发送。",
            unsent: "您还有没发出的内容。请先用 /发送 发出，或用 /取消 放弃。",
            dropped: "没有发出的内容已丢弃。",
            cancelled: "好的，没有发送任何内容。",
            nothingToCancel: "现在没有可以取消的内容。要结束咨询或退出排队，请输入 /退出。",
            nothingToSend: "没有要发送的内容。要留言请输入 /留言。",
            stateOpen: "留言 {code}：已收到。",
            stateTaken: "留言 {code}：客服正在查看。",
            stateAnswered: "留言 {code}：已有答复。",
            stateReopened: "留言 {code}：已收到您补充的内容。",
            stateClosed: "留言 {code}：已结束。",
            howToReply: "如需补充：/回复 {code}",
            usage: "请核对受理编号。要查看留言请输入 /留言 受理编号，要写新留言请只输入 /留言。",
            replyUsage: "请写明受理编号和要补充的内容，例如：/回复 受理编号 补充内容"),
        // The page's first view and its connection
        firstView: FirstView(
            desk: "在线咨询",
            language: "语言",
            closePage: "关闭咨询窗口",
            close: "关闭",
            connecting: "正在连接…",
            reconnecting: "连接已中断，正在重新连接。您写的内容不会丢失。",
            reconnectNow: "立即连接",
            greeting: "请问有什么可以帮您？",
            topics: "咨询类别",
            openNow: "可立即咨询",
            waiting: "{n} 人排队",
            nobody: "暂无客服",
            nobodyWaiting: "暂无客服 · {n} 人排队",
            contacts: "其他联系方式",
            closedNow: "现在不在服务时间",
            nothingOpen: "现在不受理在线咨询，请使用下方的联系方式。",
            privacy: "个人信息说明",
            privacyMore: "查看详情",
            inquire: "留言咨询",
            receipts: "查看答复"),
        // The page's conversation
        conversation: Conversation(
            pausedIdle: "长时间没有使用，连接已暂停。",
            pausedReplaced: "此咨询正在另一个窗口中继续。",
            pausedOther: "连接已结束。",
            reconnect: "重新连接",
            continueHere: "在这里继续",
            paced: "正在稍慢地发送，您写的内容都会送达。",
            storageFull: "暂时无法保存记录，恢复后会立即发送。",
            busy: "当前咨询人数较多，稍后将自动重试。",
            draining: "正在维护，请稍候，很快会重新连接。",
            consentTitle: "开始咨询之前",
            consentAgree: "同意并开始",
            back: "返回",
            closedText: "现在不通过在线咨询受理此类问题。请用其他方式联系我们，或稍后再来。",
            closedOthers: "现在可以咨询的问题",
            requiredTitle: "请先告诉我们",
            requiredHint: "这些信息能让客服马上帮到您。",
            requiredStart: "开始咨询",
            answerChoose: "请选择",
            answerMissing: "请填写此项。",
            answerNoAmount: "请用数字填写金额，例如 45,000 韩元。",
            answerRefused: "我们没看懂，请换一种写法。",
            entering: "正在受理…",
            placeOne: "已受理，您排在第 1 位",
            place: "已受理，您排在第 {n} 位",
            keepOpen: "请不要关闭此窗口，关闭片刻后受理将被取消。",
            keepPlaceOne: "息屏或断线时，我们会为您保留位置 {n} 分钟。",
            keepPlace: "息屏或断线时，我们会为您保留位置 {n} 分钟。",
            reconnectingPlace: "连接已中断，正在重新连接。您的位置会保留到 {time}。",
            leaveQueue: "退出排队",
            intakeTitle: "等待期间想先向您了解一些情况",
            intakeHint: "客服会先看到您的回答，您不必重新说明。",
            intakeProgress: "第 {n} 题，共 {total} 题",
            intakeTooLong: "回答太长了，请控制在约 330 个汉字以内。",
            intakeNext: "下一题",
            intakeSkip: "跳过",
            intakeSkipAll: "全部跳过",
            intakeDone: "谢谢，客服会先看到这些内容。如需补充，请在下方输入。",
            answersTitle: "您填写的内容",
            answerWhat: "发生的事",
            answerWhen: "时间",
            answerAccount: "账号",
            answerPayment: "付款",
            answerDevice: "设备或应用",
            answerGoal: "您的期望",
            started: "已为您接通客服 {name}，请问有什么可以帮您？",
            chat: "咨询对话",
            chattingWith: "客服 {name}",
            chatting: "咨询中",
            agentIsAway: "连接暂时中断",
            system: "提示",
            blank: "（空白消息）",
            typing: "客服正在输入",
            sending: "发送中",
            saved: "已发送",
            seen: "已读",
            unsent: "未能发送",
            editAgain: "重新编辑",
            newWords: "查看新消息",
            message: "消息",
            messagePlaceholder: "请输入消息",
            send: "发送",
            sendHint: "按 Enter 发送，按 Shift+Enter 换行。",
            bytes: "{n} / {limit} 字节",
            tooLong: "内容太长，请分开发送。",
            onlyWords: "暂时还不能发送文件和图片，请用文字告诉我们。",
            save: "保存记录",
            end: "结束咨询",
            endTitle: "要结束咨询吗？",
            endText: "结束后，您仍可在此窗口阅读和保存对话。",
            leaveTitle: "要退出排队吗？",
            leaveText: "您的位置将让给下一位。",
            keepGoing: "继续",
            endedTitle: "咨询已结束",
            unknown: "连接中断期间，咨询已结束。",
            leftQueue: "您已退出排队，欢迎随时再来。",
            placeLost: "连接中断时间过长，排队已取消。请重新咨询，我们会马上为您受理。",
            receipt: "受理编号",
            receiptHint: "再次咨询时请提供。",
            copy: "复制",
            copied: "已复制",
            rateTitle: "您对这次咨询满意吗？",
            rateOne: "{n} 分",
            rate: "{n} 分",
            rateComment: "想说的话（选填）",
            commentTooLong: "内容太长，请稍微缩短。",
            rateSend: "提交评价",
            rateClosed: "评价时间已过。",
            startAnew: "重新咨询",
            transcriptTitle: "咨询记录",
            transcriptTopic: "咨询类别",
            transcriptSaved: "保存时间",
            transcriptFile: "咨询",
            closedInquiry: "现在不通过在线咨询受理此类问题。请留言，客服人员会答复您。",
            inquiryTitle: "留言咨询",
            inquiryHint: "请写下您的问题，客服人员会答复您，无需等待。",
            inquiryTopic: "您想咨询什么？",
            inquiryText: "咨询内容",
            inquiryEmail: "电子邮箱（选填）",
            inquiryEmailHint: "填写后答复也会发送到邮箱。不填写时可凭受理编号查看。",
            inquirySend: "提交",
            inquiryTooLong: "内容太长，请缩短后再提交。",
            inquiryNoEmail: "请检查邮箱地址。",
            inquiryLimited: "您的留言太多，请在{n}分钟后再提交。",
            inquiryLeft: "已收到您的咨询",
            inquiryDue: "我们会在{time}之前答复。",
            inquiryByMail: "受理确认和答复会发送到您的邮箱。",
            inquiryByReceipt: "请在“查看答复”中凭受理编号查看答复。",
            inquiryReceiptHint: "凭此号码可随时查看答复，请记下。",
            inquiryMayClose: "现在可以关闭此页面。",
            inquiryDone: "回到首页",
            inquiryRead: "查看我的咨询",
            inquiryInstead: "不再等待，改为留言",
            lookUp: "查看咨询答复",
            lookUpMine: "在此窗口留下的咨询",
            lookUpRead: "查看",
            threadAdd: "补充内容",
            inquirySought: "正在查找咨询…",
            inquiryUnknown: "没有此受理编号的咨询，请检查号码。结束已久的咨询无法查看。",
            inquiryAnswered: "已答复。如还有疑问，请在下面填写。",
            inquiryClosed: "此咨询已结束。在下面填写即可重新开始。"))
}
