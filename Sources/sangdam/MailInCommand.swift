// `sangdam mail-in`: one mail from stdin to the desk that runs, for a mail server's pipe. The mail is taken apart here, so
// that one that is made to break its reader ends this process alone.

import ArgumentParser
import Foundation
import SangdamCore
import SangdamMail
import SangdamServer

/// The command that takes customers' answers.
struct MailInCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail-in", abstract: "Take one mail from stdin: a customer's answer to an inquiry.",
        discussion: """
            For a mail server's pipe, which gives it every mail to the address of mail.reply_to. It ends with 0 when the \
            mail is stored, or is one that nobody wrote to us (an automatic answer, a list, a report); with 65 when it \
            cannot be taken (more than 1 MiB, no mail); with 67 when it is about no inquiry of ours; and with 75 whenever \
            it can be tried again: the server is away, its disk is full, or too many mails came in an hour.
            """)

    @Option(help: ArgumentHelp("The envelope's recipient, if the mail server knows it.", valueName: "address"))
    var recipient: String?

    @Flag(help: "Print what became of it as JSON on stdout.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() throws {
        let mail: ReceivedMail
        do throws(MailFault) {
            mail = try ReceivedMail(readMail(), recipient: recipient)
        } catch {
            writeError(error.description)
            throw ExitCode(ExitStatus.dataError)
        }
        if case .ignored(let reason) = mail.content {
            return tell("ignored", reason: reason.rawValue, "The mail is left aside: \(reason.sentence).")
        }
        guard let request = MailRequest(mail), let directory = try? data.directory() else {
            // What is wrong was said; a mail server is to keep the mail until it is mended.
            throw ExitCode(ExitStatus.tryAgain)
        }
        switch ControlClient(dataDirectory: directory).post("/mail", try request.body()) {
        case .done(let body): try conclude(body, isBounce: mail.isBounce)
        case .noServer(let why), .failed(let why, _):
            writeError("\(why) The mail is to be tried again. \(DataOptions.advice)")
            throw ExitCode(ExitStatus.tryAgain)
        case .refused(let sentence, let code):
            writeError(sentence)
            // Whatever the server cannot do now, such as when it is about to stop, it can do later.
            throw ExitCode([ExitStatus.usage, ExitStatus.dataError].contains(code) ? code : ExitStatus.tryAgain)
        }
    }

    private struct Outcome: Decodable {
        let result: String
    }

    private func conclude(_ body: [UInt8], isBounce: Bool) throws {
        guard let written = try? JSONDecoder().decode(Outcome.self, from: Data(body)),
            let outcome = IncomingMailOutcome(rawValue: written.result)
        else {
            writeError("The server's answer is none that this version knows. The mail is to be tried again.")
            throw ExitCode(ExitStatus.tryAgain)
        }
        tell(outcome.rawValue, outcome.sentence)
        switch outcome {
        case .stored, .duplicate, .bounced: return
        // Nobody waits to hear that a bounce found nobody.
        case .unknown: if !isBounce { throw ExitCode(ExitStatus.noUser) }
        case .limited: throw ExitCode(ExitStatus.tryAgain)
        }
    }

    private func tell(_ result: String, reason: String? = nil, _ sentence: String) {
        guard json else { return writeError(sentence) }
        let reason = reason.map { ",\"reason\":\"\($0)\"" } ?? ""
        print("{\"result\":\"\(result)\"\(reason)}")
    }

    /// All of it, so that whoever writes can go on to the end; only what is needed to see that it is too long is kept.
    private func readMail() -> [UInt8] {
        var bytes: [UInt8] = []
        while let more = try? FileHandle.standardInput.read(upToCount: 65_536), !more.isEmpty {
            if bytes.count <= ReceivedMail.limitBytes { bytes += more }
        }
        return bytes
    }
}

extension ReceivedMail {
    fileprivate var isBounce: Bool {
        if case .bounce = content { true } else { false }
    }
}

extension ReceivedMail.Reason {
    fileprivate var sentence: String {
        switch self {
        case .automatic: "a program has sent it"
        case .list: "it was sent to many"
        case .report: "it reports a delay, not a failure"
        case .empty: "there is nothing in it"
        }
    }
}

extension IncomingMailOutcome {
    fileprivate var sentence: String {
        switch self {
        case .stored: "The mail is stored in its inquiry."
        case .duplicate: "The mail was stored before."
        case .bounced: "The inquiry's address is marked: it takes no mail."
        case .unknown: "The mail is about no inquiry of ours, or about one that is forgotten."
        case .limited: "Too many mails about this inquiry in an hour. The mail is to be tried again."
        }
    }
}
