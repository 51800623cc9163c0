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
        commandName: "transcript", abstract: "Chats and inquiries kept in the journal: list, show, verify.",
        discussion: """
            Reads the files in DATA/journal and changes nothing; a server may be running. Times are those of the local \
            time zone, in JSON those of UTC.
            """,
        subcommands: [List.self, Show.self, Verify.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List chats and inquiries, each with its id and its receipt.",
            discussion: """
                Those that are over come first, in the order in which they ended; open ones follow. The receipt is \
                what the customer was told to ask by.
                """)

        @OptionGroup var data: DataOptions

        @Flag(help: "One JSON object a chat.")
        var json = false

        func run() throws {
            let reader = TranscriptReader(dataDirectory: try data.directory())
            try reportingFaults {
                let output = TranscriptOutput()
                let times = LocalTimes()
                if !json { output.line(ChatRow.heading(zone: times.zone)) }
                try reader.forEachChat { chat in
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
            abstract: "Show everything that happened in one chat, or in one inquiry and the chat before it.",
            discussion: """
                Takes the receipt that a customer names, such as 7K2M-Q9XC-04TD, as well as a chat's id, and both as \
                people write them: capitals or not, full-width letters, hyphens or blanks (also without quotes) or \
                nothing between, I and L for 1, O for 0.
                """)

        @Argument(help: "The chat's id, or as much of its beginning as no other chat has, or its receipt.")
        var chat: [String]

        @OptionGroup var data: DataOptions

        @Flag(help: "The journal's lines as they are.")
        var json = false

        func run() throws {
            let directory = try data.directory()
            try reportingFaults {
                let output = TranscriptOutput()
                let times = LocalTimes()
                let reader = TranscriptReader(dataDirectory: directory)
                let id = try theChat(named: chat.joined(separator: " "), reader, in: directory)
                // An inquiry's story begins with the chat that it came out of.
                let origin = try reader.origin(of: id)
                if let origin { try show(origin, times, reader, output) }
                let lines = try show(id, times, reader, output)
                guard lines > 0 else { throw noSuchChat(chat.joined(separator: " "), in: directory) }
                try output.flush()
            }
        }

        @discardableResult
        private func show(
            _ id: ChatID, _ times: LocalTimes, _ reader: TranscriptReader, _ output: TranscriptOutput
        ) throws -> Int {
            if !json { output.line("Chat \(id), times in \(times.zone)") }
            return try reader.forEachLine(of: id) { line, record in
                if json {
                    output.line(line)
                } else if let record {
                    if let entry = TranscriptText.entry(record, time: times.text) { output.line(entry) }
                } else {
                    output.line("(a line that this version does not understand)")
                }
                try output.flushIfLarge()
            }
        }

        private func theChat(named name: String, _ reader: TranscriptReader, in directory: String) throws -> ChatID {
            let found = try reader.chats(named: name, limit: 2)
            guard let first = found.first else { throw noSuchChat(name, in: directory) }
            guard found.count == 1 else {
                throw TranscriptFailure(
                    sentence: "More than one chat is named by \(visible(name)), such as \(first) and \(found[1]).",
                    exitCode: EX_USAGE)
            }
            return first
        }

        private func noSuchChat(_ name: String, in directory: String) -> TranscriptFailure {
            TranscriptFailure(
                sentence: "There is no chat with the id or receipt \(visible(name)) in \(directory).",
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

        @OptionGroup var data: DataOptions

        @Flag(help: "One JSON object.")
        var json = false

        func run() throws {
            let directory = try data.directory()
            try reportingFaults {
                let verification = try Verification(dataDirectory: directory)
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
        switch error {
        case .damaged, .newerFormat: (sentence, code) = (error.description, EX_DATAERR)
        case .nothingThere: (sentence, code) = ("\(error.description) \(DataOptions.advice)", EX_NOINPUT)
        case .locked, .cannotOpen, .readFailed, .syncFailed, .writeFailed:
            (sentence, code) = (error.description, EX_IOERR)
        }
    }
    TranscriptOutput.complain(sentence)
    throw ExitCode(code)
}
