// Answers that take a while: what comes behind the question waits, up to a size, and is answered in order.

import SangdamCore
import SangdamWire
import Testing

@Suite struct LaterAnswerTests {
    private static let routes = HTTPRoutes(
        [
            "/slow": .getLater { answer in answer(HTTPResponse(status: .ok, text: "slow")) },
            "/quick": .get { _ in HTTPResponse(status: .ok, text: "quick") },
        ],
        gate: { $0.value(of: "x-foreign").map { _ in HTTPResponse(status: .misdirectedRequest, text: "not here") } },
        unknown: HTTPResponse(status: .notFound, text: "nothing"),
        refusal: { HTTPResponse(status: $0, text: $0.reason) }, areDated: false)

    /// A connection whose questions are answered when the test says so.
    private struct Harness {
        var http = HTTPHarness(routes: LaterAnswerTests.routes)

        mutating func receive(_ text: String) { http.receive(text) }

        mutating func answer(_ text: String = "slow") {
            http.step = http.session.answer(
                HTTPResponse(status: .ok, text: text), at: http.now, output: &http.output)
        }

        mutating func bodies() -> [String]? { http.takeResponses()?.map(\.body) }
    }

    private static let slow = HTTPSessionTests.get("/slow")
    private static let quick = HTTPSessionTests.get("/quick")

    @Test func theQuestionIsTheRoutes() throws {
        var harness = Harness()
        harness.receive(Self.slow)
        let asked = harness.http.session.takeQuestion()
        let question = try #require(asked)
        let status = Answered()
        question { status.take($0) }
        #expect(status.status == .ok)
        // What comes meanwhile asks nothing again.
        harness.receive(Self.slow)
        let again = harness.http.session.takeQuestion()
        #expect(again == nil && harness.http.step == .goesOn)
    }

    @Test func responsesKeepTheRequestsOrder() {
        var harness = Harness()
        harness.receive(Self.quick + Self.slow + Self.quick)
        harness.receive(Self.slow + Self.quick)
        #expect(harness.bodies() == ["quick\n"])
        harness.answer("first")
        #expect(harness.bodies() == ["first\n", "quick\n"])
        harness.answer("second")
        #expect(harness.bodies() == ["second\n", "quick\n"])
        // Nobody has asked: nothing is said.
        harness.answer("third")
        #expect(harness.bodies() == [])
    }

    /// Answers from elsewhere count like those that are at hand; who asks one thing at a time never meets the bound.
    @Test(arguments: [(true, HTTPSession.pipelineLimit), (false, 3 * HTTPSession.pipelineLimit)])
    func answersToOneReadAreBounded(_ isAtOnce: Bool, _ expected: Int) {
        var harness = Harness()
        let requests = 3 * HTTPSession.pipelineLimit
        if isAtOnce { harness.receive(String(repeating: Self.slow, count: requests)) }
        var answers = 0
        for _ in 0..<requests where harness.http.step == .goesOn {
            if !isAtOnce { harness.receive(Self.slow) }
            harness.answer()
            answers += harness.bodies()?.count ?? 0
        }
        #expect(answers == expected)
        #expect(harness.http.step == (isAtOnce ? .ended : .goesOn))
    }

    @Test func bytesOfAnswersToOneReadAreBounded() {
        var harness = Harness()
        let half = String(repeating: "x", count: HTTPSession.pipelineBytes / 2)
        harness.receive(Self.slow + Self.slow + Self.quick)
        harness.answer(half)
        #expect(harness.http.step == .goesOn)
        harness.answer(half)
        #expect(harness.http.step == .ended && harness.bodies()?.count == 2)
    }

    @Test func whatWaitsIsBounded() {
        for length in [HTTPSession.unreadLimitBytes, HTTPSession.unreadLimitBytes + 1] {
            var harness = Harness()
            harness.receive(Self.slow)
            harness.receive(String(repeating: "x", count: length))
            let isTooMuch = length > HTTPSession.unreadLimitBytes
            #expect(harness.http.step == (isTooMuch ? .ended : .goesOn))
            harness.answer()
            // What waited is no request.
            #expect(harness.bodies()?.first == (isTooMuch ? nil : "slow\n"))
            #expect(harness.http.step == .ended)
        }
    }

    @Test func noTimeRunsMeanwhile() {
        var harness = Harness()
        harness.receive(Self.slow)
        #expect(harness.http.session.nextDeadline == nil)
        harness.http.wait(seconds: 60)
        #expect(harness.http.step == .goesOn)
        harness.answer()
        #expect(harness.http.session.nextDeadline == harness.http.now + .seconds(10))
        harness.http.wait(seconds: 10)
        #expect(harness.http.step == .ended)
        #expect(harness.bodies() == ["slow\n"])
    }

    @Test func theEndOfInputLetsTheAnswerOut() {
        var harness = Harness()
        harness.receive(Self.slow + Self.quick)
        let isAwaited = harness.http.session.endInput()
        #expect(isAwaited)
        harness.answer()
        #expect(harness.http.takeResponses()?.map { $0.fields["Connection"] } == ["close"])
        #expect(harness.http.step == .ended)
        var idle = Harness()
        idle.receive(Self.quick)
        let isIdle = !idle.http.session.endInput()
        #expect(isIdle)
    }

    @Test func theGateComesFirst() {
        var harness = Harness()
        for path in ["/slow", "/quick", "/none"] {
            harness.receive(HTTPSessionTests.get(path, "X-Foreign: yes\r\n"))
            #expect(harness.http.takeResponses()?.map(\.status) == [421])
        }
        harness.receive(HTTPSessionTests.get("/none"))
        #expect(harness.http.takeResponses()?.map(\.status) == [404])
    }
}

/// What a question was answered with.
final class Answered: @unchecked Sendable {
    // The question answers at once and on the same thread.
    private(set) var response: HTTPResponse?
    var status: HTTPStatus? { response?.status }

    func take(_ response: HTTPResponse) { self.response = response }
}
