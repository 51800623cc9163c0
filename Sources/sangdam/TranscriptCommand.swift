// `sangdam transcript …`: the journal for later reference, straight from the files, with or without a running server.
// Exit codes are sysexits: 65 for a damaged journal, 66 when there is none or no such chat, 74 when reading fails.

import ArgumentParser
import Glibc
import SangdamCore
import SangdamJournal
import SangdamWire

/// Commands about transcripts.
struct TranscriptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transcript", abstract: "Chats kept in the journal: list, show, verify.",
        discussion: """
            Reads the files in DATA/journal and changes nothing; a server may be running. Times are those of the local \
            time zone, in JSON those of UTC.
            """,
        subcommands: [List.self, Show.self, Verify.self])

    struct Source: ParsableArguments {
        @Option(help: "The data folder. Default: SANGDAM_DATA or ./data.")
        var data: String?

        var dataDirectory: String {
            if let data { return data }
            if let environment = getenv("SANGDAM_DATA"), environment.pointee != 0 {
                return String(cString: environment)
            }
            return "./data"
        }

        var reader: TranscriptReader { TranscriptReader(dataDirectory: dataDirectory) }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List chats, each with its id and its receipt.",
            discussion: """
                Chats that are over come first, in the order in which they ended; open ones follow. The receipt is \
                what the customer was told to ask by.
                """)

        @OptionGroup var source: Source

        @Flag(help: "One JSON object a chat.")
        var json = false

        func run() throws {
            try reportingFaults {
                let output = TranscriptOutput()
                let times = LocalTimes()
                if !json { output.line(ChatRow.heading(zone: times.zone)) }
                try source.reader.forEachChat { chat in
                    if json {
                        output.line(ChatRow.json(chat))
                    } else {
                        output.line(ChatRow.text(chat, time: times.text))
                    }
                    try output.flushIfLarge()
                }
                try output.flush()
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show everything that happened in one chat.",
            discussion: "Takes the receipt that a customer names, such as 7K2M-Q9XC-04TD, as well as a chat's id.")

        @Argument(
            help: """
                The chat's id, or as much of its beginning as no other chat has, or its receipt (case and hyphens do \
                not matter).
                """)
        var chat: String

        @OptionGroup var source: Source

        @Flag(help: "The journal's lines as they are.")
        var json = false

        func run() throws {
            try reportingFaults {
                let output = TranscriptOutput()
                let times = LocalTimes()
                let reader = source.reader
                let id = try theChat(reader)
                if !json { output.line("Chat \(id), times in \(times.zone)") }
                let lines = try reader.forEachLine(of: id) { line, record in
                    if json {
                        output.line(line)
                    } else if let record {
                        if let entry = TranscriptText.entry(record, time: times.text) { output.line(entry) }
                    } else {
                        output.line("(a line that this version does not understand)")
                    }
                    try output.flushIfLarge()
                }
                guard lines > 0 else { throw noSuchChat }
                try output.flush()
            }
        }

        private func theChat(_ reader: TranscriptReader) throws -> ChatID {
            let found = try reader.chats(named: chat, limit: 2)
            guard let first = found.first else { throw noSuchChat }
            guard found.count == 1 else {
                throw TranscriptFailure(
                    sentence: "More than one chat is named by \(visible(chat)), such as \(first) and \(found[1]).",
                    exitCode: EX_USAGE)
            }
            return first
        }

        private var noSuchChat: TranscriptFailure {
            TranscriptFailure(
                sentence: "There is no chat with the id or receipt \(visible(chat)) in \(source.dataDirectory).",
                exitCode: EX_NOINPUT)
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check that the journal is as it was written.",
            discussion: """
                Follows the hash chain through every line of every segment. Exits with 65 at the first line that does \
                not follow, and names it.
                """)

        @OptionGroup var source: Source

        @Flag(help: "One JSON object.")
        var json = false

        func run() throws {
            try reportingFaults {
                let verification = try Verification(dataDirectory: source.dataDirectory)
                let output = TranscriptOutput()
                if json {
                    output.line(VerificationText.json(verification))
                } else if verification.isSound {
                    for line in VerificationText.lines(verification) { output.line(line) }
                }
                try output.flush()
                if let fault = verification.fault { throw fault }
            }
        }
    }
}

/// A reason to stop that is none of the journal's own.
struct TranscriptFailure: Error {
    let sentence: String
    let exitCode: Int32
}

/// Somebody's argument, safe to be shown again.
private func visible(_ argument: String) -> String {
    TerminalText.sanitised(argument).debugDescription
}

/// Runs the command; what goes wrong becomes one sentence on stderr and an exit code.
private func reportingFaults(_ body: () throws -> Void) throws {
    let sentence: String
    let code: Int32
    do {
        return try body()
    } catch let failure as TranscriptFailure {
        (sentence, code) = (failure.sentence, failure.exitCode)
    } catch let error as JournalError {
        sentence = error.description
        switch error {
        case .damaged: code = EX_DATAERR
        case .nothingThere: code = EX_NOINPUT
        case .locked, .cannotOpen, .readFailed, .syncFailed, .writeFailed: code = EX_IOERR
        }
    }
    TranscriptOutput.complain(sentence)
    throw ExitCode(code)
}
