// What is said to people, checked for what the compiler cannot see: no empty sentence, no line end within one, nothing
// that a terminal would obey, in every language.

import SangdamCore
import Testing

@testable import SangdamWire

@Suite struct PhrasesTests {
    private static func delay(_ reason: DelayReason, onDuty: Bool) -> DelayNotice {
        DelayNotice(
            chat: Sample.chat, queue: "general", reason: reason, onDuty: onDuty,
            alternatives: Alternatives(opens: Sample.tomorrow, offers: [], contacts: []), openTopics: [])
    }

    static func everything(_ phrases: Phrases) -> [String] {
        let waits: [WaitWords?] = [
            nil, .underAMinute, .minutes(low: 1, high: 1), .minutes(low: 3, high: 5), .hours(low: 2, high: 3),
        ]
        return [
            phrases.greeting(desk: "D"), phrases.byHand.otherLanguages, phrases.duty.someoneOnDuty,
            phrases.duty.nobodyOnDuty, phrases.duty.closedButMayWait,
            phrases.byHand.menuPrompt, phrases.chooseNumber(upTo: 1), phrases.chooseNumber(upTo: 5),
            phrases.contact(label: "L", phone: "P", hours: "H", isOpen: true),
            phrases.byHand.noContacts, phrases.byHand.welcomeBack,
            phrases.both.looking, phrases.byHand.intakeIntroduction, phrases.byHand.intakeDone,
            phrases.byHand.intakeSkipped, phrases.byHand.intakeTooLong, phrases.started(with: "A"),
            phrases.handedOver(to: "A"),
            phrases.talking(with: "A"), phrases.agentSpeaker(nil), phrases.agentSpeaker("A"),
            phrases.both.me,
            phrases.both.agentAway,
            phrases.both.agentBack, phrases.both.agentLeft,
            phrases.idleReminder(endsIn: .seconds(60)), phrases.idleReminder(endsIn: .seconds(61)),
            phrases.receipt("R"), phrases.byHand.howToRate, phrases.both.rated, phrases.byHand.transcriptBegins,
            phrases.byHand.transcriptEnds,
            phrases.byHand.languageChanged, phrases.byHand.languageUsage, phrases.byHand.rateUsage,
            phrases.byHand.resumeUsage,
            phrases.refusals(.unknownVerb), phrases.byHand.nothingToSkip, phrases.byHand.noChatHint,
            phrases.byHand.menuOnlyOutsideChats,
            phrases.stillOpen("X"), phrases.entered(topic: "T"), phrases.byHand.leftQueue, phrases.byHand.erasedWords,
        ] + phrases.byHand.helpLines + IntakeField.allCases.map { phrases.intakeQuestion($0) }
            + [true, false].map { phrases.delay(delay(.closed, onDuty: $0)) }
            + [
                phrases.delay(delay(.waited, onDuty: true)),
                phrases.menuLine(number: 1, label: "L", closedUntil: nil),
                phrases.menuLine(number: 1, label: "L", closedUntil: Sample.tomorrow),
                phrases.hours.contactsBehind.with(["contacts": "C"]),
            ]
            + inquiries(phrases)
            + EndReason.allCases.map { phrases.ended($0) } + Farewell.allCases.map { phrases.farewell($0) }
            + RefusalCode.allCases.map { phrases.refusal(Refusal($0)) }
            + RefusalCode.allCases.map { phrases.refusal(Refusal($0, retryAfter: .seconds(1), subject: "s")) }
            + [nil, .seconds(30), .minutes(1), .minutes(15), .hours(1), .hours(24)].map {
                phrases.wayBack(token: "T", held: $0)
            }
            + waits.flatMap { wait in
                [0, 1, 2].flatMap { ahead in
                    [true, false].map { phrases.position(ahead: ahead, wait: wait, onDuty: $0) }
                }
            }
            + [true, false].flatMap { isOpen in
                [0, 3].map { phrases.menuLine(number: 1, label: "L", isOpen: isOpen, waiting: $0) }
            }
    }

    private static func inquiries(_ phrases: Phrases) -> [String] {
        Phrases.rows(of: phrases.inquiries).map { $0.sentence.filter { !"{}".contains($0) } }
            + InquiryState.allCases.map { phrases.inquiry("R", $0) }
            + [
                phrases.due(Sample.tomorrow), phrases.inquiryArrived("R"), phrases.howToRead("R"),
                phrases.howToReply("R"), phrases.replied("R"),
                phrases.draftIsFull(limitBytes: 8000, roomBytes: 5),
                phrases.tooManyInquiries(Refusal(.rateLimited, retryAfter: .seconds(60))),
                phrases.tooManyInquiries(Refusal(.rateLimited, retryAfter: .seconds(61))),
            ]
    }

    @Test(arguments: Language.allCases) func sentencesArePrintable(_ language: Language) {
        for sentence in Self.everything(language.phrases) {
            #expect(!sentence.isEmpty)
            #expect(TerminalText.sanitised(sentence) == sentence)
            #expect(!sentence.contains("{") && !sentence.contains("}"))
        }
    }

    @Test(
        "A promise never says more than is kept",
        arguments: [
            (0, nil), (0.9, nil), (1, .seconds(1)), (60, .minutes(1)), (90, .seconds(90)), (119, .seconds(119)),
            (120, .minutes(2)), (179, .minutes(2)), (900, .minutes(15)), (3600, .hours(1)), (7199, .minutes(119)),
            (7200, .hours(2)), (86_399, .hours(23)), (86_400, .hours(24)),
        ] as [(Double, LengthWords?)])
    func promisedLength(_ seconds: Double, _ expected: LengthWords?) {
        #expect(LengthWords(promised: Interval(milliseconds: Int64(seconds * 1000))) == expected)
    }

    /// The verbs that a sentence tells people to type.
    private static func verbs(in sentence: String) -> [String] {
        sentence.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
            .map { String($0.prefix { $0.isLetter }) }.filter { !$0.isEmpty }
    }

    @Test(
        "The help names every verb in the language's own words",
        arguments: [
            (.korean, "메뉴 질문 해결 미해결 문의 보내기 취소 문의 답장 대기 건너뛰기 기록 평가 연락처 재접속 언어 나가기"),
            (
                .english,
                "menu faq solved unsolved inquire send cancel inquire reply queue skip transcript rate contact resume lang leave"
            ),
            (.japanese, "メニュー 質問 解決 未解決 問い合わせ 送信 キャンセル 問い合わせ 返信 待ち スキップ 記録 評価 連絡先 再接続 言語 終了"),
            (.chinese, "菜单 问题 解决 未解决 留言 发送 取消 留言 回复 排队 跳过 记录 评价 联系 重连 语言 退出"),
        ] as [(Language, String)])
    func helpNamesVerbs(language: Language, names: String) {
        let told = language.phrases.byHand.helpLines.flatMap(Self.verbs)
        #expect(told == names.split(separator: " ").map(String.init))
        let order: [HandVerb] = [
            .menu, .question, .solved, .unsolved, .inquiry, .send, .cancel, .inquiry, .reply, .queue, .skip,
            .transcript, .rate, .contact, .resume, .language,
            .leave,
        ]
        #expect(told.map { HandVerb($0) } == order)
    }

    @Test("Every verb that people are told to type is one, and in their own words", arguments: Language.allCases)
    func verbsAreKnown(language: Language) {
        let phrases = language.phrases
        for sentence in Self.everything(phrases) where sentence != phrases.byHand.otherLanguages {
            for verb in Self.verbs(in: sentence) {
                #expect(HandVerb(verb) != nil, "\(sentence)")
                // Who cannot type Japanese or Chinese reads about /help once, at the menu.
                guard sentence != phrases.byHand.menuPrompt else { continue }
                #expect(verb.allSatisfy(\.isASCII) == (language == .english), "\(sentence)")
            }
        }
    }

    private static func sections(_ phrases: Phrases) -> [(key: String, sentence: String)] {
        let sections: [Any] = [
            phrases.duty, phrases.both, phrases.byHand, phrases.hours, phrases.inquiries, phrases.firstView,
            phrases.conversation,
        ]
        return sections.flatMap(Phrases.rows)
            + RefusalCode.allCases.map { ("\($0)", phrases.refusals($0)) }
            + Farewell.allCases.map { ("\($0)", phrases.farewells($0)) }
    }

    @Test("What is filled in is the same in every language", arguments: Language.allCases)
    func placeholders(language: Language) {
        let (own, korean) = (Self.sections(language.phrases), Self.sections(.korean))
        #expect(own.count > 200)
        for ((key, sentence), (koreanKey, koreanSentence)) in zip(own, korean) {
            #expect(key == koreanKey && !sentence.isEmpty)
            #expect(Self.braces(in: sentence) == Self.braces(in: koreanSentence), "\(key)")
        }
        for part in Phrases.PagePart.allCases {
            let keys = language.phrases.table(part).map(\.key)
            #expect(Set(keys).count == keys.count)
        }
    }

    private static func braces(in sentence: String) -> Set<Substring> {
        Set(
            sentence.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map { $0.prefix { $0 != "}" } }
        )
    }

    @Test(
        "What is filled in stands as it is, and what nothing is known of stays",
        arguments: [
            ("", ""), ("{a}", "1"), ("x{a}y{b}", "x1y{a}"), ("{a}{a}", "11"), ("{c} {", "{c} {"), ("}{a}", "}1"),
        ])
    func filledIn(sentence: String, expected: String) {
        #expect(sentence.with(["a": "1", "b": "{a}"]) == expected)
    }

    @Test(
        "What is said otherwise by hand than on the page",
        arguments: [
            (
                .korean, "답이 너무 길어요. 1,000바이트(한글 약 330자) 안으로 줄여 주세요.",
                "답이 너무 길어요. 한글 약 330자 안으로 줄여 주세요.", "intakeTooLong"
            ),
            (
                .japanese, "回答が長すぎます。1,000 バイト（約 330 文字）以内でお願いします。",
                "回答が長すぎます。約330文字以内でお願いします。", "intakeTooLong"
            ),
            (
                .chinese, "回答太长了，请控制在 1,000 字节（约 330 个汉字）以内。", "回答太长了，请控制在约 330 个汉字以内。",
                "intakeTooLong"
            ),
            (
                .japanese, "お待ちになるのをやめました。いつでもまたお越しください。",
                "順番待ちを取り消しました。いつでもまたお問い合わせください。", "leftQueue"
            ),
            (
                .chinese, "已为您接通客服 {name}，请描述您的问题。结束时请输入 /退出。", "已为您接通客服 {name}，请问有什么可以帮您？",
                "started"
            ),
        ] as [(Language, String, String, String)])
    func twoWays(language: Language, byHand: String, page: String, key: String) {
        func sentence(in section: Any) -> String? { Phrases.rows(of: section).first { $0.key == key }?.sentence }
        #expect(sentence(in: language.phrases.byHand) == byHand)
        #expect(sentence(in: language.phrases.conversation) == page)
    }

    /// A copied sentence that was never translated stands in two languages.
    @Test func languagesDiffer() {
        let tables = Language.allCases.map { Self.everything($0.phrases) }
        for (one, two) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
            for (left, right) in zip(tables[one], tables[two]) {
                #expect(left != right, "\(left)")
            }
        }
    }

    @Test(
        arguments: [
            (0, 0, .underAMinute), (10, 59, .underAMinute), (10, 60, .minutes(low: 1, high: 1)),
            (60, 61, .minutes(low: 1, high: 2)), (180, 300, .minutes(low: 3, high: 5)),
            (185, 295, .minutes(low: 3, high: 5)), (300, 180, .minutes(low: 5, high: 5)),
            (3600, 5400, .minutes(low: 60, high: 90)), (3600, 5401, .hours(low: 1, high: 2)),
            (-5, 7200, .hours(low: 1, high: 2)),
            (.max, .max, .hours(low: 2_562_047_788_015_215, high: 2_562_047_788_015_216)),
        ] as [(Int, Int, WaitWords)])
    func estimatesAsPeopleSayThem(_ low: Int, _ high: Int, _ expected: WaitWords) {
        #expect(WaitWords(WaitEstimate(lowSeconds: low, highSeconds: high)) == expected)
    }

    @Test func everyVerbHasAKoreanAndAnEnglishName() {
        var seen = Set<String>()
        for verb in HandVerb.allCases {
            for name in verb.names {
                #expect(seen.insert(name).inserted)
                #expect(HandVerb(name) == verb && HandVerb(name.uppercased()) == verb)
            }
            #expect(verb.names[0].unicodeScalars.allSatisfy { (0xAC00...0xD7A3).contains($0.value) })
            #expect(verb.names[1].utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
        }
        #expect(HandVerb("도움".decomposed) == .help)
        #expect(HandVerb("") == nil)
    }

    @Test(
        arguments: [
            ("1", 1), ("３", 3), ("12", 12), ("2번", 2), ("2.", 2), ("0", 0), ("007", 7), ("", nil), ("-1", nil),
            ("1a", nil),
            ("12345", nil), ("1 2", nil), ("번", nil), ("一", nil),
        ] as [(String, Int?)])
    func typedNumbers(_ text: String, _ expected: Int?) {
        #expect(text.typedNumber == expected)
    }
}

extension String {
    /// Hangul as single letters, as some keyboards and file systems send it.
    var decomposed: String {
        var scalars = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            guard (0xAC00...0xD7A3).contains(scalar.value) else {
                scalars.append(scalar)
                continue
            }
            let index = scalar.value - 0xAC00
            for value in [0x1100 + index / 588, 0x1161 + index % 588 / 28, index % 28 == 0 ? 0 : 0x11A7 + index % 28] {
                if value != 0, let letter = Unicode.Scalar(value) { scalars.append(letter) }
            }
        }
        return String(scalars)
    }
}
