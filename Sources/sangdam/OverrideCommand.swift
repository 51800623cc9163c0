// `sangdam override`: a queue is open or closed whatever the clock says. The running desk decides that and writes it into
// its journal, so that there has to be one.

import ArgumentParser
import Foundation
import SangdamCore
import SangdamServer

/// The command about one queue.
struct OverrideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "override", abstract: "Open or close a queue whatever its hours say.",
        discussion: """
            It lasts until the clock opens or closes the queue the next time (for good where the queue has no hours), or \
            until the time that --until names, over restarts too; auto ends it at once. Who waits in a queue that is closed keeps the place. A server must run \
            on the data folder.
            """)

    @Argument(help: "The queue's id.")
    var queue: String

    @Argument(help: "open, closed, or auto: by the clock again.")
    var state: OverrideOrder.State

    @Option(
        help: ArgumentHelp(
            """
            18:00 (the next time that the desk's clocks show it), 2026-12-31T18:00, or with the distance from UTC: \
            2026-12-31T18:00+09:00.
            """, valueName: "time"))
    var until: String?

    @Flag(help: "Print what the server says as JSON on stdout.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() throws {
        let request = OverrideRequest(queue: queue, state: state, until: until, by: commandEditor().name)
        switch ControlClient(dataDirectory: try data.directory()).post("/override", try request.body()) {
        case .done(let body):
            if json {
                print(String(decoding: body, as: UTF8.self), terminator: "")
                return
            }
            let made = try JSONDecoder().decode(OverrideOutcome.self, from: Data(body))
            writeError(sentence(made))
        case .noServer(let why):
            writeError("\(why) Only a running desk can open or close a queue. \(DataOptions.advice)")
            throw ExitCode(ExitStatus.unavailable)
        case .refused(let sentence, let code), .failed(let sentence, let code):
            writeError(sentence)
            throw ExitCode(code)
        }
    }

    private func sentence(_ made: OverrideOutcome) -> String {
        let now = made.open ? "open" : "closed"
        if state == .auto { return "The queue \(queue) goes by the clock again: it is \(now) now." }
        guard let until = made.untilLocal else {
            return "The queue \(queue) is \(now) until somebody says otherwise: no hours open or close it."
        }
        return "The queue \(queue) is \(now) until \(until), by the desk's clock."
    }
}

extension OverrideOrder.State: ExpressibleByArgument {}

/// What the server says that it did.
private struct OverrideOutcome: Decodable {
    let open: Bool
    let untilLocal: String?

    private enum CodingKeys: String, CodingKey {
        case open
        case untilLocal = "until_local"
    }
}
