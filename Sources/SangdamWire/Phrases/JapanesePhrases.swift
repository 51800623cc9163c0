// Japanese, です・ます.

internal import SangdamCore

struct JapanesePhrases: Phrases {
    func greeting(desk: String) -> String { "こんにちは、\(desk)です。どのようなご用件でしょうか。" }
    var otherLanguages: String { "한국어는 /언어 ko · For English, type /lang en · 中文请输入 /lang zh" }
    var someoneOnDuty: String { "ただいま担当者とお話しいただけます。" }
    var nobodyOnDuty: String { "ただいま担当者が席におりません。受付だけ先に済ませていただければ、戻り次第、順番におつなぎします。" }

    func menuLine(number: Int, label: String, isOpen: Bool, waiting: Int) -> String {
        switch (isOpen, waiting) {
        case (true, 0): "  \(number). \(label)（すぐにご案内できます）"
        case (true, _): "  \(number). \(label)（\(waiting)人待ち）"
        case (false, 0): "  \(number). \(label)（担当者不在）"
        case (false, _): "  \(number). \(label)（担当者不在、\(waiting)人待ち）"
        }
    }

    var menuPrompt: String { "番号を入力してください。ヘルプは /ヘルプ または /help です。" }
    func chooseNumber(upTo last: Int) -> String {
        last == 1 ? "1 を入力すると相談を始められます。ヘルプは /ヘルプ です。" : "1 から \(last) までの番号を入力してください。ヘルプは /ヘルプ です。"
    }
    func contact(label: String, phone: String, hours: String) -> String { "電話 · \(label): \(phone)（\(hours)）" }
    var noContacts: String { "ご案内できる電話番号がありません。このチャットでご相談ください。" }

    var helpLines: [String] {
        [
            "使えるコマンドです。それ以外の入力はそのまま担当者に届きます。",
            "  /メニュー     ご用件の一覧をもう一度表示します",
            "  /待ち         順番とおおよその待ち時間",
            "  /スキップ     残りの質問をすべて飛ばします",
            "  /記録         この相談を最初から読み返します",
            "  /評価 5 ありがとう   終わった相談を 1〜5 で評価します",
            "  /連絡先       電話番号と受付時間",
            "  /再接続 コード   切れた相談に戻ります",
            "  /言語 ko|en|ja|zh   言語を変えます",
            "  /終了         相談を終える、または退出します",
            "「/」で始まる文を送るときは「//」で始めてください。",
        ]
    }

    var welcomeBack: String { "接続が戻りました。" }

    func entered(topic: String) -> String { "「\(topic)」で受け付けました。" }

    func position(ahead: Int, wait: WaitWords?, onDuty: Bool) -> String {
        let position = ahead <= 0 ? "次にご案内します" : "前に\(ahead)人お待ちです"
        guard onDuty else { return "\(position)。ただいま担当者が不在のため、戻り次第おつなぎします。" }
        switch wait {
        case nil: return "\(position)。待ち時間はまだ分かりません。"
        case .underAMinute: return "\(position)。1分以内におつなぎできる見込みです。"
        case .minutes(let low, let high): return "\(position)。約\(WaitWords.range(low, high))分かかります。"
        case .hours(let low, let high): return "\(position)。約\(WaitWords.range(low, high))時間かかります。"
        }
    }

    var lookingForAnother: String { "別の担当者を探しています。これまでの内容は引き継がれますので、もう一度ご説明いただく必要はありません。" }
    func wayBack(token: String, held: LengthWords?) -> String {
        let command = "もう一度接続して次のように入力してください: /再接続 \(token)"
        return switch held {
        case nil: "接続が切れたときは、\(command)"
        case .seconds(let n): "接続が切れても\(n)秒間は順番をお取りしておきます（ウィンドウを閉じると取り消されます）。\(command)"
        case .minutes(let n): "接続が切れても\(n)分間は順番をお取りしておきます（ウィンドウを閉じると取り消されます）。\(command)"
        case .hours(let n): "接続が切れても\(n)時間は順番をお取りしておきます（ウィンドウを閉じると取り消されます）。\(command)"
        }
    }
    var intakeIntroduction: String { "お待ちいただく間に、いくつか伺います。Enter だけで次の質問へ、/スキップ ですべて飛ばせます。" }

    func intakeQuestion(_ field: IntakeField) -> String {
        switch field {
        case .what: "何が起きましたか。エラーの文があれば一緒にお書きください。"
        case .when: "いつのことですか。"
        case .account: "どのアカウント（ID）ですか。パスワードは書かないでください。"
        case .payment: "どのお支払いですか。日付、金額、お店をお書きください。カード番号は書かないでください。"
        case .device: "どの端末またはアプリをお使いでしたか。"
        case .goal: "どのような解決をご希望ですか。"
        }
    }

    var intakeDone: String { "ありがとうございます。担当者が先に拝見します。追加があれば、そのまま入力してください。" }
    var intakeSkipped: String { "承知しました。質問は省きます。お話はそのまま入力してください。" }
    var intakeAnswerTooLong: String { "回答が長すぎます。1,000 バイト（約 330 文字）以内でお願いします。" }

    func started(with agent: String) -> String { "担当者 \(agent) につながりました。どうぞお話しください。終えるときは /終了 を入力してください。" }
    func handedOver(to agent: String) -> String { "ここからは担当者 \(agent) がご案内します。" }
    func talking(with agent: String) -> String { "ただいま担当者 \(agent) と相談中です。" }
    func agentSpeaker(_ name: String?) -> String { name.map { "担当者 \($0)" } ?? "担当者" }
    func supervisorSpeaker(_ name: String?) -> String { name.map { "責任者 \($0)" } ?? "責任者" }
    var ownSpeaker: String { "わたし" }
    var agentAway: String { "担当者の接続が一時的に切れました。戻るのを待っています。" }
    var agentBack: String { "担当者が戻りました。" }
    var agentLeft: String { "担当者が相談から退出しました。" }
    var supervisorJoined: String { "責任者が相談に参加しました。" }
    var supervisorLeft: String { "責任者が相談から退出しました。" }
    var erasedWords: String { "[削除]" }
    func idleReminder(endsIn: Interval) -> String {
        "まだいらっしゃいますか。あと\(endsIn.wholeMinutes)分お話がない場合は、相談を終了します。"
    }

    func ended(_ reason: EndReason) -> String {
        switch reason {
        case .customerLeft: "相談を終了しました。ご利用ありがとうございました。"
        case .customerLost: "接続が長く切れていたため、相談を終了しました。"
        case .agentEnded: "担当者が相談を終了しました。ご利用ありがとうございました。"
        case .idle: "しばらくお話がなかったため、相談を終了しました。"
        }
    }
    var leftQueue: String { "お待ちになるのをやめました。いつでもまたお越しください。" }
    func receipt(_ code: String) -> String { "受付番号: \(code)（次回お問い合わせの際にお知らせください）" }
    var howToRate: String { "いかがでしたか。例: /評価 5 親切でした（1〜5）" }
    var rated: String { "評価をありがとうございます。" }
    var transcriptBegins: String { "── ここから相談の記録です ──" }
    var transcriptEnds: String { "── 相談の記録はここまでです ──" }

    var languageChanged: String { "これからは日本語でご案内します。" }
    var languageUsage: String { "次のように入力してください: /言語 ja（ko 한국어、en English、ja 日本語、zh 中文）" }
    var rateUsage: String { "1 から 5 で入力してください。例: /評価 5 親切でした" }
    var resumeUsage: String { "再接続コードも入力してください: /再接続 コード" }
    var unknownVerb: String { "そのコマンドはありません。/ヘルプ で一覧を表示します。" }
    var nothingToSkip: String { "いま飛ばせる質問はありません。" }
    var noChatHint: String { "相談中ではないため、送信されませんでした。/メニュー で相談を始められます。" }
    var menuOnlyOutsideChats: String { "すでに相談中か、お待ちいただいています。やめるには /終了 を入力してください。" }
    func stillOpen(_ labels: String) -> String { "受付中のご用件: \(labels)" }

    func refusal(_ refusal: Refusal) -> String {
        switch refusal.code {
        case .badJSON: "JSON として読めません。"
        case .badUTF8: "UTF-8 ではない文字があり、送信できませんでした。端末の文字コードを UTF-8 にしてください。"
        case .badField: "「\(refusal.subject ?? "?")」の値がないか、正しくありません。"
        case .tooLong: "長すぎるため送信できませんでした。分けて送ってください。"
        case .empty: "表示できる文字がないため、送信できませんでした。"
        case .unknownType: "そのような種類のメッセージはありません。"
        case .unknownVerb: unknownVerb
        case .helloFirst: "先に hello を送ってください。"
        case .alreadyWelcome: "hello はすでに受け取りました。"
        case .notAllowed: "この操作はできません。"
        case .wrongPassword: "名前またはパスワードが違います。"
        case .locked where refusal.retryAfter == nil: "このアカウントはロックされています。管理者にお問い合わせください。"
        case .locked: "一時的にロックされています。\(retry(refusal))"
        case .unknownToken: "再接続コードが違うか、すでに終わった相談です。"
        case .unknownTopic: "そのようなご用件はありません。"
        case .unknownQueue: "そのような待ち行列はありません。"
        case .unknownAgent: "そのような担当者はいません。"
        case .unknownChat: "そのような相談はありません。"
        case .unknownOffer: "この案内はすでに終わっています。"
        case .alreadyInChat: "すでに相談中か、お待ちいただいています。"
        case .noChat: "いま進行中の相談はありません。"
        case .chatNotActive: "相談が進行中のときだけできます。"
        case .chatsOpen: "先に開いている相談を終えてください。"
        case .agentUnavailable: "その担当者はいま相談を受けられません。"
        case .unsupported: "対応していない操作です。"
        case .nothingToRate: "評価できる相談がありません。"
        case .rateLimited: "送信が速すぎます。\(retry(refusal))"
        case .queueFull: "ただいまお待ちの方が多すぎます。しばらくしてからお試しください。"
        case .storageFull: "いまは記録を保存できないため、お受けできません。しばらくしてからお試しください。"
        case .draining: "点検のため新しい相談をお受けしていません。しばらくしてから接続してください。"
        case .busy: "ただいま大変混み合っています。しばらくしてからお試しください。"
        }
    }

    private func retry(_ refusal: Refusal) -> String {
        refusal.retryAfter.map { "\($0.wholeSeconds)秒後にもう一度お試しください。" } ?? "しばらくしてからお試しください。"
    }

    func farewell(_ farewell: Farewell) -> String {
        switch farewell {
        case .shuttingDown: "サーバーを一時停止します。まもなく接続し直すと、相談を続けられます。"
        case .tooSlow: "受信が遅すぎるため切断します。接続し直すと、相談を続けられます。"
        case .idle: "しばらくお話がなかったため切断します。"
        case .left: "ご利用ありがとうございました。"
        case .accountChanged: "アカウントが変更されたため、ログアウトしました。対応中の相談は待ち行列に戻りました。もう一度ログインしてください。"
        case .replaced: "別の場所から接続されたため、この接続を切断します。"
        case .helloTimeout: "hello が時間内に届かなかったため切断します。"
        case .otherProtocol: "このポートは相談チャットです。"
        case .historyUnavailable: "これまでの会話を読み込めません。もう一度接続してください。"
        }
    }
}
