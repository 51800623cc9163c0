// Chinese, simplified.

internal import SangdamCore

struct ChinesePhrases: Phrases {
    func greeting(desk: String) -> String { "您好，这里是\(desk)。请问有什么可以帮您？" }
    var otherLanguages: String { "한국어는 /언어 ko · For English, type /lang en · 日本語は /lang ja" }
    var someoneOnDuty: String { "现在可以与客服交谈。" }
    var nobodyOnDuty: String { "目前没有客服在线。您可以先排队，客服上线后会按顺序为您接通。" }

    func menuLine(number: Int, label: String, isOpen: Bool, waiting: Int) -> String {
        switch (isOpen, waiting) {
        case (true, 0): "  \(number). \(label)（可立即咨询）"
        case (true, _): "  \(number). \(label)（\(waiting) 人排队）"
        case (false, 0): "  \(number). \(label)（暂无客服）"
        case (false, _): "  \(number). \(label)（暂无客服，\(waiting) 人排队）"
        }
    }

    var menuPrompt: String { "请输入编号。需要帮助请输入 /帮助 或 /help。" }
    func chooseNumber(upTo last: Int) -> String {
        last == 1 ? "输入 1 即可开始咨询。需要帮助请输入 /帮助。" : "请输入 1 到 \(last) 的编号。需要帮助请输入 /帮助。"
    }
    func contact(label: String, phone: String, hours: String) -> String { "电话 · \(label)：\(phone)（\(hours)）" }
    var noContacts: String { "没有登记的电话号码，请直接在这里咨询。" }

    var helpLines: [String] {
        [
            "可以使用以下命令，其他内容会直接发给客服。",
            "  /菜单         重新显示咨询类别",
            "  /排队         您的位置和大概的等待时间",
            "  /跳过         跳过剩下的问题",
            "  /记录         从头查看这次咨询",
            "  /评价 5 谢谢   为已结束的咨询打 1–5 分",
            "  /联系         电话号码和服务时间",
            "  /重连 代码   返回中断的咨询",
            "  /语言 ko|en|ja|zh   更换语言",
            "  /退出         结束咨询或离开",
            "要发送以“/”开头的内容，请以“//”开头。",
        ]
    }

    var welcomeBack: String { "欢迎回来。" }

    func entered(topic: String) -> String { "已受理“\(topic)”。" }

    func position(ahead: Int, wait: WaitWords?, onDuty: Bool) -> String {
        let position = ahead <= 0 ? "下一位就是您" : "您前面还有 \(ahead) 人"
        guard onDuty else { return "\(position)。目前没有客服在线，上线后会马上为您接通。" }
        switch wait {
        case nil: return "\(position)。暂时无法估计等待时间。"
        case .underAMinute: return "\(position)。预计一分钟内接通。"
        case .minutes(let low, let high): return "\(position)。大约需要 \(WaitWords.range(low, high)) 分钟。"
        case .hours(let low, let high): return "\(position)。大约需要 \(WaitWords.range(low, high)) 小时。"
        }
    }

    var lookingForAnother: String { "正在为您联系另一位客服。之前的内容都会转达，您不必重新说明。" }
    func wayBack(token: String, held: LengthWords?) -> String {
        let command = "请重新连接并输入：/重连 \(token)"
        return switch held {
        case nil: "如果连接中断，\(command)"
        case .seconds(let n): "如果连接中断，您的排队位置会保留 \(n) 秒（关闭窗口则取消），\(command)"
        case .minutes(let n): "如果连接中断，您的排队位置会保留 \(n) 分钟（关闭窗口则取消），\(command)"
        case .hours(let n): "如果连接中断，您的排队位置会保留 \(n) 小时（关闭窗口则取消），\(command)"
        }
    }
    var intakeIntroduction: String { "等待期间想先了解几个问题。直接按回车可跳过一个，输入 /跳过 可全部跳过。" }

    func intakeQuestion(_ field: IntakeField) -> String {
        switch field {
        case .what: "发生了什么事？如有错误提示，请一并写下。"
        case .when: "是什么时候发生的？"
        case .account: "是哪个账号？请不要输入密码。"
        case .payment: "是哪笔付款？请写下日期、金额和商家。请不要输入卡号。"
        case .device: "您当时使用的是什么设备或应用？"
        case .goal: "您希望我们怎么解决？"
        }
    }

    var intakeDone: String { "谢谢，客服会先看到这些内容。如需补充，请直接输入。" }
    var intakeSkipped: String { "好的，不再提问。想说的话请直接输入。" }
    var intakeAnswerTooLong: String { "回答太长了，请控制在 1,000 字节（约 330 个汉字）以内。" }

    func started(with agent: String) -> String { "已为您接通客服 \(agent)，请描述您的问题。结束时请输入 /退出。" }
    func handedOver(to agent: String) -> String { "接下来由客服 \(agent) 为您服务。" }
    func talking(with agent: String) -> String { "您正在与客服 \(agent) 交谈。" }
    func agentSpeaker(_ name: String?) -> String { name.map { "客服 \($0)" } ?? "客服" }
    func supervisorSpeaker(_ name: String?) -> String { name.map { "主管 \($0)" } ?? "主管" }
    var ownSpeaker: String { "我" }
    var agentAway: String { "客服的连接暂时中断，正在等待其返回。" }
    var agentBack: String { "客服回来了。" }
    var agentLeft: String { "客服已离开咨询。" }
    var supervisorJoined: String { "主管加入了咨询。" }
    var supervisorLeft: String { "主管离开了咨询。" }
    var erasedWords: String { "[已删除]" }
    func idleReminder(endsIn: Interval) -> String { "您还在吗？如果再过 \(endsIn.wholeMinutes) 分钟没有消息，咨询将结束。" }

    func ended(_ reason: EndReason) -> String {
        switch reason {
        case .customerLeft: "咨询已结束，感谢您的使用。"
        case .customerLost: "连接中断时间过长，咨询已结束。"
        case .agentEnded: "客服已结束咨询，感谢您的使用。"
        case .idle: "长时间没有消息，咨询已结束。"
        }
    }
    var leftQueue: String { "您已退出排队，欢迎随时再来。" }
    func receipt(_ code: String) -> String { "受理编号：\(code)（再次咨询时请提供）" }
    var howToRate: String { "您对这次咨询满意吗？例如：/评价 5 很亲切（1–5 分）" }
    var rated: String { "感谢您的评价。" }
    var transcriptBegins: String { "── 咨询记录开始 ──" }
    var transcriptEnds: String { "── 咨询记录结束 ──" }

    var languageChanged: String { "接下来将用中文为您服务。" }
    var languageUsage: String { "请这样输入：/语言 zh（ko 한국어，en English，ja 日本語，zh 中文）" }
    var rateUsage: String { "请输入 1 到 5 分，例如：/评价 5 很亲切" }
    var resumeUsage: String { "请一并输入代码：/重连 代码" }
    var unknownVerb: String { "没有这个命令。输入 /帮助 可查看所有命令。" }
    var nothingToSkip: String { "现在没有可以跳过的问题。" }
    var noChatHint: String { "您当前不在咨询中，内容没有发出。输入 /菜单 可开始咨询。" }
    var menuOnlyOutsideChats: String { "您正在咨询或排队中。如要停止，请输入 /退出。" }
    func stillOpen(_ labels: String) -> String { "目前可受理：\(labels)" }

    func refusal(_ refusal: Refusal) -> String {
        switch refusal.code {
        case .badJSON: "无法识别的 JSON。"
        case .badUTF8: "内容不是有效的 UTF-8，没有发出。请将终端编码设为 UTF-8。"
        case .badField: "“\(refusal.subject ?? "?")”的值缺失或不正确。"
        case .tooLong: "内容太长，没有发出。请分开发送。"
        case .empty: "内容里没有可见的文字，没有发出。"
        case .unknownType: "没有这种消息类型。"
        case .unknownVerb: unknownVerb
        case .helloFirst: "请先发送 hello。"
        case .alreadyWelcome: "已经收到过 hello。"
        case .notAllowed: "不允许此操作。"
        case .wrongPassword: "名称或密码不正确。"
        case .locked where refusal.retryAfter == nil: "该账号已被锁定，请联系管理员。"
        case .locked: "已暂时锁定。\(retry(refusal))"
        case .unknownToken: "代码不正确，或该咨询已结束。"
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
        case .rateLimited: "发送太快了。\(retry(refusal))"
        case .queueFull: "目前排队的人太多，请稍后再试。"
        case .storageFull: "暂时无法保存记录，请稍后再试。"
        case .draining: "正在维护，暂不接受新的咨询，请稍后再连接。"
        case .busy: "现在太忙，请稍后再试。"
        }
    }

    private func retry(_ refusal: Refusal) -> String {
        refusal.retryAfter.map { "请在 \($0.wholeSeconds) 秒后重试。" } ?? "请稍后再试。"
    }

    func farewell(_ farewell: Farewell) -> String {
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
    }
}
