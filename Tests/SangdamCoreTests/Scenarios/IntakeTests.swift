// What a topic asks: required answers before the queue, answers of their kind, and nothing that nobody asked for.

import SangdamCore
import Testing

@Suite struct IntakeTests {
    /// The sample desk, whose `fraud` asks four things, two of which must be answered; `tech` asks nothing.
    private static let desk: DeskConfiguration = {
        var desk = DeskConfiguration.sample
        desk.topics[2].intake = [Question].fraud
        desk.topics[3].intake = []
        return desk
    }()

    @Test(
        "Without a required answer nobody enters; the refusal names what is missing",
        arguments: [
            ("enters fraud", "error intake_required missing: when,transactions"),
            ("enters fraud transactions=two", "error intake_required missing: when"),
            ("enters fraud when=today", "error intake_required missing: transactions"),
            ("enters fraud what=card,goal=money", "error intake_required missing: when,transactions"),
            ("enters fraud when=perhaps,transactions=two", "error bad_field when"),
            ("enters fraud when=2026-02-30,transactions=two", "error bad_field when"),
            ("enters fraud when=today,transactions=two,sum=much", "error bad_field sum"),
            ("enters fraud when=today,transactions=two,card=gold", "error bad_field card"),
            ("enters fraud when=today,transactions=two", "queued fraud 1 nobody"),
            ("enters fraud transactions=two,when=today,sum=5000,card=debit,x=y", "queued fraud 1 nobody"),
            ("enters pay when=perhaps", "queued pay 1 nobody"),
            ("enters tech what=card", "queued tech 1 nobody"),
        ])
    func entering(_ step: String, _ answer: String) throws {
        var day = DeskScenario(Self.desk)
        try day.play(
            """
            0  c1 arrives  | c1 ← welcome ko
            1  c1 \(step)  | c1 ← \(answer)
            """)
        #expect(day.lines(of: "c1").isEmpty == answer.hasPrefix("error"))
    }

    @Test("What was told at the door and later reaches the agent; what nobody asks for is passed over")
    func telling() throws {
        var day = DeskScenario(Self.desk, agents: [AgentProfile("kim")])
        try day.play(
            """
            0  kim signs in                                | kim ← welcome break
            0  c1 arrives                                  | c1 ← welcome ko
            1  c1 enters fraud transactions=two,when=today,mood=bad | c1 ← queued fraud 1 nobody
            2  c1 tells card=gold                          | c1 ← error bad_field card
            3  c1 tells mood=bad                           | c1 ← error bad_field intake
            4  c1 tells what=lost                          | c1 ← error bad_field intake
            5  kim is available                            | kim ← status available
            | kim ← offer c1 fraud when=today transactions=two
            | c1 ← queued fraud 1 ~251-540
            6  c1 tells card=debit,sum=5000                | c1 ← ok intake c1
            | kim ← offer c1 fraud when=today transactions=two sum=5000 card=debit
            7  c1 tells when=yesterday                     | c1 ← ok intake c1
            | kim ← offer c1 fraud when=yesterday transactions=two sum=5000 card=debit
            """)
    }

    @Test("A topic that is gone asks the standard questions of those who are in it")
    func gone() throws {
        var day = DeskScenario(Self.desk)
        try day.play(
            """
            0  c1 arrives                            | c1 ← welcome ko
            1  c1 enters fraud transactions=two,when=today | c1 ← queued fraud 1 nobody
            """)
        var next = Self.desk
        next.topics.remove(at: 2)
        var effects = Effects()
        day.desk.handle(.configured(next), at: day.now, into: &effects)
        try day.play(
            """
            2  c1 tells card=debit                   | c1 ← error bad_field intake
            3  c1 tells what=lost                    | c1 ← ok intake c1
            """)
    }

    @Test(
        "Answers stand in the order of the standard questions, then as they came; a newer one takes the place of its own"
    )
    func order() {
        var intake = Intake()
        for question in ["sum", "goal", "card", "what", "when"] { intake[QuestionID(question)] = "1" }
        var newer = Intake()
        newer["shop"] = "2"
        newer["card"] = "2"
        newer["device"] = "2"
        let merged = intake.merging(newer).answers.map { "\($0.question)\($0.text)" }
        #expect(merged == ["what1", "when1", "device2", "goal1", "sum1", "card2", "shop2"])
        intake["card"] = nil
        intake["nothing"] = nil
        #expect(intake.answers.map(\.question) == ["what", "when", "goal", "sum"])
    }
}
