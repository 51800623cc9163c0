// Japanese, です・ます.
//
// What stands in braces is filled in: it stays as it is. A key that ends with `One` is for the number one; where the
// language makes no difference, both say the same.

internal import SangdamCore

extension Phrases {
    static let japanese = Phrases(
        language: .japanese,
        // Said by hand and on the page, before a chat
        duty: Duty(
            someoneOnDuty: "ただいま担当者とお話しいただけます。",
            nobodyOnDuty: "ただいま担当者が席におりません。受付だけ先に済ませていただければ、戻り次第、順番におつなぎします。",
            closedButMayWait: "ただいまは受付時間外です。受付だけ先に済ませていただければ、担当者が来次第、順番におつなぎします。",
            contactOpen: "ただいま受付中",
            contactClosed: "受付時間外"),
        // Frequent questions
        questions: Questions(
            faqTitle: "待たずに答えを探す",
            faqExample: "例: 返金はいつですか",
            faqCount: "{n}件の答えが見つかりました。",
            faqNone: "似た質問は見つかりませんでした。別の言葉で試すか、担当者にお尋ねください。",
            faqSuggested: "もしかして、こちらの内容でしょうか?",
            faqSolved: "解決しました",
            faqAsk: "相談します",
            faqHelped: "解決してよかったです。"),
        // Said by hand and on the page, from the queue on
        both: Both(
            next: "次にご案内します",
            aheadOne: "前に{n}人お待ちです",
            ahead: "前に{n}人お待ちです",
            waitUnknown: "待ち時間はまだ分かりません。",
            waitMinute: "1分以内におつなぎできる見込みです。",
            waitMinutesOne: "約{n}分かかります。",
            waitMinutes: "約{n}分かかります。",
            waitHoursOne: "約{n}時間かかります。",
            waitHours: "約{n}時間かかります。",
            waitNobody: "ただいま担当者が不在のため、戻り次第おつなぎします。",
            intakeWhat: "何が起きましたか。エラーの文があれば一緒にお書きください。",
            intakeWhen: "いつのことですか。",
            intakeAccount: "どのアカウント（ID）ですか。パスワードは書かないでください。",
            intakePayment: "どのお支払いですか。日付、金額、お店をお書きください。カード番号は書かないでください。",
            intakeDevice: "どの端末またはアプリをお使いでしたか。",
            intakeGoal: "どのような解決をご希望ですか。",
            handedOver: "ここからは担当者 {name} がご案内します。",
            looking: "別の担当者を探しています。これまでの内容は引き継がれますので、もう一度ご説明いただく必要はありません。",
            agentName: "担当者 {name}",
            agentNoName: "担当者",
            me: "わたし",
            agentAway: "担当者の接続が一時的に切れました。戻るのを待っています。",
            agentBack: "担当者が戻りました。",
            agentLeft: "担当者が相談から退出しました。",
            customerLeft: "相談を終了しました。ご利用ありがとうございました。",
            customerLost: "接続が長く切れていたため、相談を終了しました。",
            agentEnded: "担当者が相談を終了しました。ご利用ありがとうございました。",
            idle: "しばらくお話がなかったため、相談を終了しました。",
            inquired: "お待ちの相談の代わりに、お問い合わせを受け付けました。",
            rated: "評価をありがとうございます。"),
        // Also the `message` of `error`, which the page shows
        refusals: { code in
            switch code {
            case .badJSON: "JSON として読めません。"
            case .badUTF8: "UTF-8 ではない文字があり、送信できませんでした。端末の文字コードを UTF-8 にしてください。"
            case .badField: "「{field}」の値がないか、正しくありません。"
            case .tooLong: "長すぎるため送信できませんでした。分けて送ってください。"
            case .empty: "表示できる文字がないため、送信できませんでした。"
            case .unknownType: "そのような種類のメッセージはありません。"
            case .unknownVerb: "そのコマンドはありません。/ヘルプ で一覧を表示します。"
            case .helloFirst: "先に hello を送ってください。"
            case .alreadyWelcome: "hello はすでに受け取りました。"
            case .notAllowed: "この操作はできません。"
            case .wrongPassword: "名前またはパスワードが違います。"
            case .locked: "一時的にロックされています。{retry}"
            case .unknownToken: "再接続コードが違うか、すでに終わった相談です。"
            case .intakeRequired: "先にお答えいただく質問があります。"
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
            case .consentRequired: "はじめに、個人情報に関するお知らせに同意してください。"
            case .unknownInquiry: "その受付番号のお問い合わせはありません。"
            case .inquiryTaken: "ほかの担当者が対応中のお問い合わせです。"
            case .inquiryNotTaken: "先にお問い合わせを引き受けてください。"
            case .inquiryClosed: "すでに完了したお問い合わせです。"
            case .capacityFull: "引き受けられるお問い合わせの数に達しています。"
            case .rateLimited: "送信が速すぎます。{retry}"
            case .queueFull: "ただいまお待ちの方が多すぎます。しばらくしてからお試しください。"
            case .closed: "ただいま受付時間外です。"
            case .unstaffed: "ただいま担当者がおりませんので、お受けできません。"
            case .storageFull: "いまは記録を保存できないため、お受けできません。しばらくしてからお試しください。"
            case .draining: "点検のため新しい相談をお受けしていません。しばらくしてから接続してください。"
            case .busy: "ただいま大変混み合っています。しばらくしてからお試しください。"
            }
        },
        // Also the `message` of `bye`
        farewells: { farewell in
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
        },
        // By hand, some of it also in messages to programs
        byHand: ByHand(
            greeting: "こんにちは、{desk}です。どのようなご用件でしょうか。",
            otherLanguages: "한국어는 /언어 ko · For English, type /lang en · 中文请输入 /lang zh",
            menuOpen: "  {number}. {label}（すぐにご案内できます）",
            menuOpenWaiting: "  {number}. {label}（{waiting}人待ち）",
            menuNobody: "  {number}. {label}（担当者不在）",
            menuNobodyWaiting: "  {number}. {label}（担当者不在、{waiting}人待ち）",
            menuPrompt: "番号を入力してください。ヘルプは /ヘルプ または /help です。",
            privacy: "個人情報に関するお知らせ: {text}",
            consentPrompt: "同意される場合は1、同意されない場合は2を入力してください。",
            consentDeclined: "同意されなかったため、相談は始まっていません。ほかの連絡方法は /連絡先 と入力してください。",
            faqHint: "待たずに答えを探すには: /質問 知りたいこと",
            faqUsage: "知りたいことを続けて入力してください。例: /質問 返金はいつですか",
            faqFound: "こちらの質問が見つかりました。",
            faqLine: "  {number}. {question}",
            faqPrompt: "番号を入力すると答えを表示します。相談を始めるには /メニュー を入力してください。",
            faqPromptWaiting: "番号を入力すると答えを表示します。",
            faqPromptByVerb: "/質問 1 のように番号を付けて入力すると、答えを表示します。",
            faqDidItHelp: "お役に立ちましたか? 解決した場合は /解決、しなかった場合は /未解決 を入力してください。",
            faqNothingRead: "まだ答えを表示していません。/質問 で探してみてください。",
            faqNotHelped: "お知らせいただきありがとうございます。相談するには項目をお選びください。お待ちの方は、そのままお待ちください。",
            chooseOnly: "1 を入力すると相談を始められます。ヘルプは /ヘルプ です。",
            chooseNumber: "1 から {last} までの番号を入力してください。ヘルプは /ヘルプ です。",
            contact: "電話 · {label}: {phone}（{hours}）",
            noContacts: "ご案内できる電話番号がありません。このチャットでご相談ください。",
            helpLines: [
                "使えるコマンドです。それ以外の入力はそのまま担当者に届きます。",
                "  /メニュー     ご用件の一覧をもう一度表示します",
                "  /質問 言葉     よくある質問から探します",
                "  /解決         答えで解決しました(しなければ /未解決)",
                "  /問い合わせ    後で回答を受け取るお問い合わせ(書き終えたら /送信、やめるには /キャンセル)",
                "  /問い合わせ 受付番号   お問い合わせと回答を見る(追加は /返信 受付番号)",
                "  /待ち         順番とおおよその待ち時間",
                "  /スキップ     残りの質問をすべて飛ばします",
                "  /記録         この相談を最初から読み返します",
                "  /評価 5 ありがとう   終わった相談を 1〜5 で評価します",
                "  /連絡先       電話番号と受付時間",
                "  /再接続 コード   切れた相談に戻ります",
                "  /言語 ko|en|ja|zh   言語を変えます",
                "  /終了         相談を終える、または退出します",
                "「/」で始まる文を送るときは「//」で始めてください。",
            ],
            welcomeBack: "接続が戻りました。",
            entered: "「{topic}」で受け付けました。",
            stop: "。",
            wayBack: "接続が切れたときは、もう一度接続して次のように入力してください: /再接続 {code}",
            wayBackHeld: "接続が切れても{length}は順番をお取りしておきます（ウィンドウを閉じると取り消されます）。もう一度接続して次のように入力してください: /再接続 {code}",
            secondsOne: "{n}秒間",
            seconds: "{n}秒間",
            minutesOne: "{n}分間",
            minutes: "{n}分間",
            hoursOne: "{n}時間",
            hours: "{n}時間",
            intakeIntroduction: "お待ちいただく間に、いくつか伺います。Enter だけで次の質問へ、/スキップ ですべて飛ばせます。",
            intakeDone: "ありがとうございます。担当者が先に拝見します。追加があれば、そのまま入力してください。",
            intakeSkipped: "承知しました。質問は省きます。お話はそのまま入力してください。",
            intakeTooLong: "回答が長すぎます。1,000 バイト（約 330 文字）以内でお願いします。",
            intakeRequiredIntroduction: "はじめに、必要なことだけ伺います。やめるには /メニュー と入力してください。",
            intakeRequired: "この質問にはお答えが必要です。やめるには /メニュー と入力してください。",
            intakeNoDate: "日付をお書きください。例: 昨日、11月30日、2026-11-30",
            intakeNoAmount: "金額をお書きください。例: 5,000円",
            intakeNoChoice: "番号を一つお選びください。",
            choice: "{number}) {label}",
            started: "担当者 {name} につながりました。どうぞお話しください。終えるときは /終了 を入力してください。",
            talking: "ただいま担当者 {name} と相談中です。",
            erasedWords: "[削除]",
            idleReminderOne: "まだいらっしゃいますか。あと{n}分お話がない場合は、相談を終了します。",
            idleReminder: "まだいらっしゃいますか。あと{n}分お話がない場合は、相談を終了します。",
            leftQueue: "お待ちになるのをやめました。いつでもまたお越しください。",
            receipt: "受付番号: {code}（次回お問い合わせの際にお知らせください）",
            howToRate: "いかがでしたか。例: /評価 5 親切でした（1〜5）",
            transcriptBegins: "── ここから相談の記録です ──",
            transcriptEnds: "── 相談の記録はここまでです ──",
            languageChanged: "これからは日本語でご案内します。",
            languageUsage: "次のように入力してください: /言語 ja（ko 한국어、en English、ja 日本語、zh 中文）",
            rateUsage: "1 から 5 で入力してください。例: /評価 5 親切でした",
            resumeUsage: "再接続コードも入力してください: /再接続 コード",
            nothingToSkip: "いま飛ばせる質問はありません。",
            noChatHint: "相談中ではないため、送信されませんでした。/メニュー で相談を始められます。",
            menuOnlyOutsideChats: "すでに相談中か、お待ちいただいています。やめるには /終了 を入力してください。",
            stillOpen: "受付中のご用件: {labels}",
            retryOne: "{n}秒後にもう一度お試しください。",
            retry: "{n}秒後にもう一度お試しください。",
            retrySoon: "しばらくしてからお試しください。",
            lockedForGood: "このアカウントはロックされています。管理者にお問い合わせください。"),
        // Hours, by hand and in messages to programs
        hours: Hours(
            menuClosed: "  {number}. {label}（受付時間外）",
            menuClosedUntil: "  {number}. {label}（受付時間外・{opens}）",
            opens: "{when}から受け付けます",
            today: "本日{time}",
            tomorrow: "明日{time}",
            onWeekday: "{weekday}{time}",
            onDate: "{month}{day}日{time}",
            weekdays: ["月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"],
            months: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
            midnight: "0時",
            noon: "正午",
            morning: "午前{hour}時",
            morningMinutes: "午前{hour}時{minute}分",
            afternoon: "午後{hour}時",
            afternoonMinutes: "午後{hour}時{minute}分",
            closedServed: "受付時間は終わりましたが、お待ちの順番はそのままです。担当者がいる間、順番におつなぎします。",
            closedAlone: "ただいま受付時間外です。順番はそのままお取りし、担当者が戻り次第、順番におつなぎします。",
            waited: "長らくお待たせして申し訳ございません。順番はそのままです。",
            opensBehind: "{opens}。",
            contactsBehind: "その他の連絡先: {contacts}"),
        // Questions that are answered later, by hand
        inquiries: Inquiries(
            hint: "いまチャットでお受けしていないご用件は、文章でお預かりできます。番号を選ぶか、/問い合わせ と入力してください。",
            insteadOfWaiting: "お待ちにならず、後で回答を受け取るには、/問い合わせ と入力してください。",
            instead: "代わりに、お問い合わせを文章でお預かりし、回答いたします。やめるには /キャンセル と入力してください。",
            topicPrompt: "どのようなお問い合わせですか。番号でお選びください。やめるには /キャンセル と入力してください。",
            textPrompt: "お問い合わせの内容をお書きください。起きたこととその日時、アカウント、ご希望も書いていただけると、改めて伺わずに済みます。パスワードやカード番号は書かないでください。",
            replyPrompt: "追加の内容をお書きください。",
            howToSend: "何行でもお書きいただけます。書き終えたら /送信、やめるには /キャンセル と入力してください。",
            full: "この行は入りませんでした。全体で {limit} バイトまでで、残りは {room} バイトです。短くするか分けてお書きください。送るには /送信 と入力してください。",
            emailPrompt: "メールアドレスを教えていただけますか。なければ Enter を押すか、/スキップ と入力してください。",
            emailWrong: "メールアドレスとして読み取れません。name@example.com のように半角の英数字でお書きください。なければ Enter だけ押してください。",
            emailTooLong: "メールアドレスが長すぎます。254 文字までです。なければ Enter だけ押してください。",
            declined: "同意いただけなかったため、お問い合わせは送信していません。",
            arrived: "お問い合わせを受け付けました。受付番号: {code}",
            due: "回答予定: {when}まで",
            mailed: "回答はメールでもお送りします。",
            howToRead: "回答をご覧になるには、いつでも再度接続して、こう入力してください: /問い合わせ {code}",
            replied: "お問い合わせに追加しました。回答をご覧になるには: /問い合わせ {code}",
            otherReceipt: "受付番号を直すには /返信 受付番号 と入力してください。",
            kept: "お書きになった内容は残っています。送るには /送信、破棄するには /キャンセル と入力してください。",
            paused: "書きかけのお問い合わせは送らずに残してあります。担当者に送るには /送信、破棄するには /キャンセル と入力してください。",
            tooManyOne: "送信の回数が多すぎます。{n}分後にもう一度お送りください。",
            tooMany: "送信の回数が多すぎます。{n}分後にもう一度お送りください。",
            unsent: "まだ送っていない文章があります。先に /送信 で送るか、/キャンセル で破棄してください。",
            dropped: "送られなかった文章は破棄されました。",
            cancelled: "承知しました。何も送っていません。",
            nothingToCancel: "いま取り消せるものはありません。相談や順番待ちをやめるには /終了 と入力してください。",
            nothingToSend: "送る文章がありません。お問い合わせを残すには /問い合わせ と入力してください。",
            stateOpen: "お問い合わせ {code}: 受け付けました。",
            stateTaken: "お問い合わせ {code}: 担当者が確認しています。",
            stateAnswered: "お問い合わせ {code}: 回答が届きました。",
            stateReopened: "お問い合わせ {code}: 追加の内容を受け付けました。",
            stateClosed: "お問い合わせ {code}: 終了しました。",
            howToReply: "さらにお伝えになるには: /返信 {code}",
            usage: "受付番号をお確かめください。お問い合わせを見るには /問い合わせ 受付番号、新しく残すには /問い合わせ とだけ入力してください。",
            replyUsage: "受付番号と追加の内容をお書きください。例: /返信 受付番号 追加の内容"),
        // The page's first view and its connection
        firstView: FirstView(
            desk: "相談窓口",
            language: "言語",
            closePage: "相談ウィンドウを閉じる",
            close: "閉じる",
            connecting: "接続しています…",
            reconnecting: "接続が切れました。つなぎ直しています。入力した内容はそのまま残っています。",
            reconnectNow: "今すぐ接続",
            greeting: "どのようなご用件でしょうか。",
            topics: "ご用件",
            openNow: "すぐにご案内できます",
            waiting: "{n}人待ち",
            nobody: "担当者不在",
            nobodyWaiting: "担当者不在・{n}人待ち",
            contacts: "その他のお問い合わせ方法",
            closedNow: "ただいま受付時間外です",
            nothingOpen: "ただいまチャット相談は受け付けておりません。下記の連絡先をご利用ください。",
            privacy: "個人情報に関するお知らせ",
            privacyMore: "詳しく見る",
            inquire: "お問い合わせを残す",
            receipts: "回答を見る"),
        // The page's conversation
        conversation: Conversation(
            pausedIdle: "しばらくご利用がなかったため、接続を一時停止しています。",
            pausedReplaced: "別のウィンドウでこの相談を続けています。",
            pausedOther: "接続が終了しました。",
            reconnect: "接続し直す",
            continueHere: "ここで続ける",
            paced: "少しゆっくりお送りします。ご入力の内容はすべて届きます。",
            storageFull: "いまは記録を保存できません。保存できるようになり次第お送りします。",
            busy: "ただいま大変混み合っています。少し後にもう一度試します。",
            draining: "点検のため少しお待ちください。まもなくつなぎ直します。",
            consentTitle: "相談を始める前に",
            consentAgree: "同意して始める",
            back: "戻る",
            closedText: "ただいまこのご用件はチャットで受け付けておりません。別の方法でご連絡いただくか、後ほどお越しください。",
            closedOthers: "ただいま相談できるご用件",
            requiredTitle: "はじめにお知らせください",
            requiredHint: "担当者がすぐに対応するために必要な内容です。",
            requiredStart: "相談を始める",
            answerChoose: "選んでください",
            answerMissing: "必ずご記入ください。",
            answerNoAmount: "金額を数字でご記入ください。例: 45,000ウォン",
            answerRefused: "読み取れませんでした。別の書き方でご記入ください。",
            entering: "受け付けています…",
            placeOne: "受け付けました・1番目です",
            place: "受け付けました・{n}番目です",
            keepOpen: "この画面は開いたままにしてください。閉じてしばらくすると、受付が取り消されます。",
            keepPlaceOne: "画面が消えたり接続が切れたりしても、{n}分間は順番をお取りしておきます。",
            keepPlace: "画面が消えたり接続が切れたりしても、{n}分間は順番をお取りしておきます。",
            reconnectingPlace: "接続が切れました。つなぎ直しています。順番は{time}までお取りしておきます。",
            leaveQueue: "待つのをやめる",
            intakeTitle: "お待ちいただく間に、いくつか伺います",
            intakeHint: "担当者が先に拝見しますので、もう一度ご説明いただく必要はありません。",
            intakeProgress: "{total}問中 {n}問目",
            intakeTooLong: "回答が長すぎます。約330文字以内でお願いします。",
            intakeNext: "次へ",
            intakeSkip: "スキップ",
            intakeSkipAll: "すべてスキップ",
            intakeDone: "ありがとうございます。担当者が先に拝見します。追加があれば、下に入力してください。",
            answersTitle: "ご記入いただいた内容",
            answerWhat: "起きたこと",
            answerWhen: "時期",
            answerAccount: "アカウント",
            answerPayment: "お支払い",
            answerDevice: "端末・アプリ",
            answerGoal: "ご希望",
            started: "担当者 {name} につながりました。どうぞお話しください。",
            chat: "相談の会話",
            chattingWith: "担当者 {name}",
            chatting: "相談中",
            agentIsAway: "接続が一時的に切れています",
            system: "お知らせ",
            blank: "（空のメッセージ）",
            typing: "担当者が入力しています",
            sending: "送信中",
            saved: "送信済み",
            seen: "既読",
            unsent: "送信できませんでした",
            editAgain: "書き直す",
            newWords: "新しいメッセージ",
            message: "メッセージ",
            messagePlaceholder: "メッセージを入力してください",
            send: "送信",
            sendHint: "Enter で送信、Shift+Enter で改行します。",
            bytes: "{n} / {limit} バイト",
            tooLong: "長すぎます。分けて送ってください。",
            onlyWords: "ファイルや写真はまだ送れません。文章でお知らせください。",
            save: "記録を保存",
            end: "相談を終える",
            endTitle: "相談を終えますか。",
            endText: "終えた後も、この画面で会話を読んだり保存したりできます。",
            leaveTitle: "待つのをやめますか。",
            leaveText: "順番は次の方に移ります。",
            keepGoing: "続ける",
            endedTitle: "相談は終了しました",
            unknown: "接続が切れている間に、相談が終了しました。",
            leftQueue: "順番待ちを取り消しました。いつでもまたお問い合わせください。",
            placeLost: "接続が長く切れていたため、受付が取り消されました。お手数ですが、もう一度お問い合わせください。",
            receipt: "受付番号",
            receiptHint: "次回お問い合わせの際にお知らせください。",
            copy: "コピー",
            copied: "コピーしました",
            rateTitle: "いかがでしたか。",
            rateOne: "{n}点",
            rate: "{n}点",
            rateComment: "ご意見（任意）",
            commentTooLong: "長すぎます。少し短くしてください。",
            rateSend: "評価を送る",
            rateClosed: "評価できる期間が過ぎました。",
            startAnew: "新しく相談する",
            transcriptTitle: "相談の記録",
            transcriptTopic: "ご用件",
            transcriptSaved: "保存日時",
            transcriptFile: "相談",
            closedInquiry: "ただいまこのご用件はチャットで受け付けておりません。お問い合わせを残していただければ、担当者が回答いたします。",
            inquiryTitle: "お問い合わせを残す",
            inquiryHint: "ご記入いただければ、担当者が確認して回答いたします。お待ちいただく必要はありません。",
            inquiryTopic: "どのようなご用件ですか。",
            inquiryText: "お問い合わせ内容",
            inquiryEmail: "メールアドレス(任意)",
            inquiryEmailHint: "ご記入いただくと、回答をメールでもお送りします。ない場合は受付番号でご確認いただけます。",
            inquirySend: "送信する",
            inquiryTooLong: "内容が長すぎます。短くしてもう一度お送りください。",
            inquiryNoEmail: "メールアドレスをご確認ください。",
            inquiryLimited: "お問い合わせが多すぎます。{n}分後にもう一度お送りください。",
            inquiryLeft: "お問い合わせを受け付けました",
            inquiryDue: "{time}までに回答いたします。",
            inquiryByMail: "受付の確認と回答をメールでお送りします。",
            inquiryByReceipt: "回答は「回答を見る」から受付番号でご確認ください。",
            inquiryReceiptHint: "この番号でいつでも回答をご覧いただけます。お控えください。",
            inquiryMayClose: "この画面は閉じてもかまいません。",
            inquiryDone: "最初に戻る",
            inquiryRead: "残したお問い合わせを見る",
            inquiryInstead: "待たずにお問い合わせを残す",
            lookUp: "お問い合わせの回答",
            lookUpMine: "この画面で残したお問い合わせ",
            lookUpRead: "見る",
            threadAdd: "追加でお伝えになりたいこと",
            inquirySought: "お問い合わせを探しています…",
            inquiryUnknown: "この番号のお問い合わせはありません。番号をご確認ください。終了から長くたったものはご覧いただけません。",
            inquiryAnswered: "回答いたしました。ご不明な点があれば下にご記入ください。",
            inquiryClosed: "このお問い合わせは終了しました。下にご記入いただくと再開します。"))
}
