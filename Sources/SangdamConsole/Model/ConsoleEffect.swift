// What the console's model wants done, as values: the shell runs them in order and decides nothing.

package import SangdamCore

/// One thing to do.
package enum ConsoleEffect: Sendable, Equatable {
    /// Open a connection; answered by `connected` or `connectionFailed`.
    case connect
    /// Send one protocol line, its end included.
    case send([UInt8])
    case print(ConsoleLine)
    /// Flush and close the connection, if there is one. Nothing is heard of it any more.
    case close
    /// End the program with this exit code once the connection is closed. The last effect of all.
    case quit(Int32)
}

/// A point in time on two clocks: one to show, one to measure with.
package struct Moment: Sendable, Equatable {
    /// What the clock on the wall says; it may jump.
    package var wall: Instant
    /// Never jumps and goes on while the machine sleeps; its zero means nothing.
    package var steady: Instant

    package init(wall: Instant, steady: Instant) {
        self.wall = wall
        self.steady = steady
    }
}

/// What a line is about, as it stands in front of it.
package enum LineHandle: Sendable, Equatable {
    /// A chat or an offer, by its number.
    case chat(Int)
    case inquiry(Int)

    package var text: String {
        switch self {
        case .chat(let number): "[\(number)]"
        case .inquiry(let number): "[?\(number)]"
        }
    }
}

/// One line of the console. `text` is free of control characters, whoever wrote what is in it.
package struct ConsoleLine: Sendable, Equatable {
    package enum Channel: Sendable, Equatable {
        /// Standard output: the conversation.
        case conversation
        /// Standard error: what went wrong.
        case fault
    }

    package var channel: Channel
    /// Nil in listings, which are not about a moment.
    package var at: Instant?
    package var handle: LineHandle?
    package var text: String
    /// Whether the terminal's bell draws attention to it.
    package var rings: Bool

    /// - Parameter number: of the chat that it is about.
    package init(channel: Channel = .conversation, at: Instant?, number: Int?, text: String, rings: Bool = false) {
        self.init(channel: channel, at: at, handle: number.map { .chat($0) }, text: text, rings: rings)
    }

    package init(
        channel: Channel = .conversation, at: Instant?, handle: LineHandle?, text: String, rings: Bool = false
    ) {
        self.channel = channel
        self.at = at
        self.handle = handle
        self.text = text
        self.rings = rings
    }

    /// `10:31:12 [1] text`, without a line end. `timeOfDay` writes an instant as eight characters.
    package func rendered(timeOfDay: (Instant) -> String) -> String {
        let time = at.map { timeOfDay($0) + " " } ?? ""
        guard let handle else { return time.isEmpty ? text : time + " *  " + text }
        return "\(time)\(handle.text) \(text)"
    }
}

/// What the console is told when it starts.
package struct ConsoleSettings: Sendable {
    package var user: String
    package var password: Text
    package var language: ConsoleLanguage
    /// Stay on break after the first login instead of becoming available.
    package var startsOnBreak: Bool
    /// Somebody sits at a terminal: own words are on the screen already, and nobody waits for a script.
    package var isInteractive: Bool

    package init(
        user: String, password: Text, language: ConsoleLanguage, startsOnBreak: Bool = false,
        isInteractive: Bool = false
    ) {
        self.user = user
        self.password = password
        self.language = language
        self.startsOnBreak = startsOnBreak
        self.isInteractive = isInteractive
    }
}

/// The exit codes of the console, from sysexits.h.
package enum ConsoleExit {
    package static let done: Int32 = 0
    package static let usage: Int32 = 64
    /// Cannot connect, or left with words that the server has not saved.
    package static let unavailable: Int32 = 69
    package static let io: Int32 = 74
    /// A wrong password, a locked account, a password file that others can read.
    package static let permission: Int32 = 77
}

/// The bounds of the console and, beside each, what happens past it.
package enum ConsoleBounds {
    /// Chats and offers at once. Past it: a new offer or chat is not shown, which is said.
    package static let chats = 200
    /// Lines remembered of one chat. Past it: the oldest is forgotten.
    package static let historyLines = 200
    /// Words and notes without an ack. Past it: new ones are refused and shown back.
    package static let unsaved = 1_000
    /// Lines typed ahead. Past it: standard input is not read.
    package static let typedAhead = 1_000
    /// Commands whose answer is awaited. Past it: the oldest is no longer waited for.
    package static let asks = 200
    /// Frequent questions of one search. Past it: the rest is not shown.
    package static let foundQuestions = 9
    /// Topics whose label is known. Past it: the rest is shown by id.
    package static let topics = 500
    /// Answers of one chat's intake. Past it: the rest is not shown.
    package static let answers = 100
    /// Inquiries that have a number. Past it: the one that was read of first is forgotten, and a new number is its.
    package static let inquiries = 500
    /// What the server takes as one answer to an inquiry. Past it: refused and said.
    package static let inquiryBytes = 8_000
    /// A line from the server or from standard input. Past it: the connection is lost; the typed line is refused.
    package static let lineBytes = 65_536
    /// What the server takes as one message. Past it: refused and said.
    package static let textBytes = 4_000
}
