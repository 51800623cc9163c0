// One connection to a mail server by libcurl (its manual: CURLOPT_URL#SMTP, CURLOPT_MAIL_FROM, CURLOPT_DEBUGFUNCTION), and
// what the end of a transfer means: whether the mail has gone, will never go, or waits, and whether others wait with it.

internal import CCurl
internal import SangdamCore

/// libcurl's handle, with the connection that it keeps. Of one thread at a time.
struct SMTPConnection: ~Copyable {
    private let curl: UnsafeMutableRawPointer

    /// Nil: libcurl has no memory.
    init?(_ account: SMTPAccount, helloName: String, _ patience: SMTPPatience) {
        guard isCurlReady, let curl = curl_easy_init() else { return nil }
        self.curl = curl
        let isEncrypted = account.server.isImplicitTLS || account.startTLS == .required
        let texts: [(CURLoption, String?)] = [
            // The path is what the client calls itself.
            (CURLOPT_URL, "\(account.server)/\(helloName)"), (CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
            // A proxy of the environment is for other people.
            (CURLOPT_PROXY, ""), (CURLOPT_CAINFO, account.authorityFile),
            (CURLOPT_USERNAME, account.login?.user), (CURLOPT_PASSWORD, account.login?.password),
        ]
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_USE_SSL, Int((isEncrypted ? CURLUSESSL_ALL : CURLUSESSL_NONE).rawValue)),
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_UPLOAD, 1),
            (CURLOPT_CONNECTTIMEOUT, patience.connectSeconds),
            (CURLOPT_SERVER_RESPONSE_TIMEOUT, patience.answerSeconds), (CURLOPT_TIMEOUT, patience.mailSeconds),
        ]
        for case (let option, let text?) in texts { sangdam_curl_text(curl, option, text) }
        // With authorities of its own the system's folder of them counts no more.
        if account.authorityFile != nil { sangdam_curl_text(curl, CURLOPT_CAPATH, nil) }
        for (option, number) in numbers { sangdam_curl_number(curl, option, number) }
    }

    /// Says farewell on a connection that is open, and waits for no more than a second for the answer.
    deinit {
        sangdam_curl_number(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, 1)
        curl_easy_cleanup(curl)
    }

    /// Blocks until the mail has gone or has not.
    func send(_ mail: ComposedMail) -> MailResult {
        guard let recipients = curl_slist_append(nil, mail.recipient.text) else { return .unreachable("out of memory") }
        defer { curl_slist_free_all(recipients) }
        let exchange = Exchange(mail.bytes)
        let state = Unmanaged.passUnretained(exchange).toOpaque()
        sangdam_curl_text(curl, CURLOPT_MAIL_FROM, mail.sender)
        sangdam_curl_list(curl, CURLOPT_MAIL_RCPT, recipients)
        sangdam_curl_number(curl, CURLOPT_INFILESIZE, mail.bytes.count)
        sangdam_curl_reader(curl, readCallback, state)
        sangdam_curl_trace(curl, traceCallback, state)
        sangdam_curl_number(curl, CURLOPT_VERBOSE, 1)
        let code = withExtendedLifetime(exchange) { curl_easy_perform(curl) }
        // The connection outlives the exchange: nobody calls back into it any more.
        sangdam_curl_number(curl, CURLOPT_VERBOSE, 0)
        sangdam_curl_trace(curl, nil, nil)
        sangdam_curl_reader(curl, nil, nil)
        return exchange.result(code)
    }
}

private let isCurlReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

/// What is said on the connection about one mail.
private final class Exchange {
    private enum Phase: Comparable {
        /// Until the server is ready to hear of a mail.
        case greeting
        case sender, recipient, content
    }

    private let bytes: [UInt8]
    private var taken = 0
    private var phase = Phase.greeting
    /// The server's last line, unless we have said something since.
    private var reply: [UInt8]?
    /// What is said from here on is farewell.
    private var isOver = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - taken)
        buffer.copyBytes(from: bytes[taken..<taken + count])
        taken += count
        return count
    }

    func said(_ line: UnsafeRawBufferPointer) {
        guard !line.starts(with: Array("QUIT".utf8)) else { return isOver = true }
        reply = nil
        let verbs: [(String, Phase)] = [("MAIL ", .sender), ("RCPT ", .recipient), ("DATA", .content)]
        for (verb, phase) in verbs where line.starts(with: Array(verb.utf8)) { self.phase = phase }
    }

    func heard(_ line: UnsafeRawBufferPointer) {
        if !isOver { reply = Array(line) }
    }

    func result(_ code: CURLcode) -> MailResult {
        if code == CURLE_OK { return .sent }
        let refusal = reply.flatMap(Refusal.init)
        let why = refusal?.words ?? Text("\(phase): \(String(cString: curl_easy_strerror(code)))")
        // What it says of us as a sender, it says of every mail.
        guard phase >= .recipient else { return .unreachable(why) }
        guard let refusal, refusal.isForGood else { return .deferred(why) }
        return .refused(why)
    }

    /// An answer of 400 or more, as it is told to operators.
    private struct Refusal {
        private static let limitBytes = 200

        let words: Text
        /// 5.7.x is about who may send here, which an operator can change (RFC 3463, 3.8).
        let isForGood: Bool

        init?(_ line: [UInt8]) {
            guard let first = line.first, first == UInt8(ascii: "4") || first == UInt8(ascii: "5") else { return nil }
            let printable = line.prefix { $0 != 0x0D && $0 != 0x0A }.prefix(Self.limitBytes)
                .map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: "?") }
            words = Text(validated: printable)
            isForGood = first == UInt8(ascii: "5") && !printable.dropFirst(4).starts(with: Array("5.7.".utf8))
        }
    }
}

private func exchange(_ state: UnsafeMutableRawPointer) -> Exchange {
    Unmanaged<Exchange>.fromOpaque(state).takeUnretainedValue()
}

private func readCallback(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ state: UnsafeMutableRawPointer?
) -> Int {
    guard let buffer, let state else { return 0 }
    return exchange(state).read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
}

private func traceCallback(
    _ curl: UnsafeMutableRawPointer?, _ kind: curl_infotype, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int,
    _ state: UnsafeMutableRawPointer?
) -> Int32 {
    guard let bytes, let state else { return 0 }
    let line = UnsafeRawBufferPointer(start: bytes, count: count)
    switch kind {
    case CURLINFO_HEADER_OUT: exchange(state).said(line)
    case CURLINFO_HEADER_IN: exchange(state).heard(line)
    default: break
    }
    return 0
}
