// What a certificate's age and names mean for those who come. A pure function of chain, names and time, so that
// tests need not wait for a certificate to grow old.

internal import SangdamCore
internal import SangdamNet
internal import SangdamProtocol

/// Something about the certificate that its operator should know.
struct CertificateConcern: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case expired, expiresSoon, notYetValid, otherName
    }

    /// What it is about: while this stays the same it is no news, although the sentence counts the days.
    struct Topic: Sendable, Hashable {
        let kind: Kind
        let subject: String
    }

    let topic: Topic
    let sentence: String
}

extension CertificateChain {
    /// From here on an operator is told that it expires: renewing by hand takes a few days, and a renewal that runs by
    /// itself should long have run.
    private static let soonSeconds: Int64 = 14 * 86_400

    /// What is worth telling, the server's own certificate first.
    ///
    /// - Parameters:
    ///   - file: where it stands, for the sentences.
    ///   - host: where the server listens; one that means every address of the machine is no name to compare with.
    ///   - now: seconds since 1970, by the wall clock: a certificate knows no other.
    func concerns(file: String, host: String, at now: Int64) -> [CertificateConcern] {
        var concerns: [CertificateConcern] = []
        func add(_ kind: CertificateConcern.Kind, _ facts: CertificateFacts, _ sentence: String) {
            concerns.append(CertificateConcern(topic: .init(kind: kind, subject: facts.subject), sentence: sentence))
        }
        for (index, facts) in ([own] + intermediates).enumerated() {
            let what = index == 0 ? file : "\(facts.subject) (behind the server's own in \(file))"
            if now > facts.notAfter {
                add(
                    .expired, facts,
                    """
                    certificate: \(what) expired \(Self.age(now - facts.notAfter)) ago, at \(Self.time(facts.notAfter)): \
                    browsers turn customers away. Put a renewed one in its place and reload (SIGHUP).
                    """)
            } else if now < facts.notBefore {
                add(
                    .notYetValid, facts,
                    """
                    certificate: \(what) is not valid before \(Self.time(facts.notBefore)), in \
                    \(Self.age(facts.notBefore - now)): until then browsers turn customers away. Is this machine's clock \
                    right?
                    """)
            } else if facts.notAfter - now < Self.soonSeconds {
                add(
                    .expiresSoon, facts,
                    """
                    certificate: \(what) expires in \(Self.age(facts.notAfter - now)), at \(Self.time(facts.notAfter)). \
                    Put a renewed one in its place and reload (SIGHUP).
                    """)
            }
        }
        if !meansEveryAddress(host), !isFor(host) {
            add(
                .otherName, own,
                """
                certificate: \(file) is not for \(host), which `listen` names, but for \(shownNames): browsers warn \
                whoever connects to \(host).
                """)
        }
        return concerns
    }

    /// Why a server that shows something better does not change to this one; nil when it may. Certificates that it
    /// shows already are no change: whoever reloads for another reason is not kept from it.
    func unfitness(file: String, insteadOf shown: CertificateChain, at now: Int64) -> String? {
        let known = Set([shown.own] + shown.intermediates)
        for (index, facts) in ([own] + intermediates).enumerated() where !known.contains(facts) {
            let what = index == 0 ? file : "\(facts.subject) (behind the server's own in \(file))"
            if now > facts.notAfter {
                return
                    "certificate: \(what) expired \(Self.age(now - facts.notAfter)) ago, at \(Self.time(facts.notAfter))"
            }
            if now < facts.notBefore { return "certificate: \(what) is not valid before \(Self.time(facts.notBefore))" }
        }
        return nil
    }

    /// When the first of the chain ends, in seconds since 1970: from then on clients turn away.
    var firstEnd: Int64 {
        intermediates.reduce(own.notAfter) { min($0, $1.notAfter) }
    }

    /// A certificate may have a hundred names, and a line in the log has no room for them.
    private var shownNames: String {
        let shown = names.prefix(3).map { printable($0) }.joined(separator: ", ")
        if names.isEmpty { return "no host at all" }
        return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
    }

    private static func time(_ unixSeconds: Int64) -> String {
        Instant(milliseconds: unixSeconds * 1000).rfc3339.prefix(19) + "Z"
    }

    /// Whole days, or hours where there is not one.
    private static func age(_ seconds: Int64) -> String {
        func count(_ number: Int64, _ unit: String) -> String { "\(number) \(unit)\(number == 1 ? "" : "s")" }
        if seconds >= 86_400 { return count(seconds / 86_400, "day") }
        return seconds >= 3600 ? count(seconds / 3600, "hour") : "less than an hour"
    }
}

/// Whether who listens there listens on every address: 0.0.0.0 and ::, in any of their forms.
private func meansEveryAddress(_ host: String) -> Bool {
    let address = addressText(host)
    return address == "0.0.0.0" || address == "::"
}

extension ServerConfiguration {
    /// What a start would say of the certificate, out of its file alone: its key is seldom for whoever asks. A file
    /// that is not there is one of `missingFiles`.
    /// - Parameter now: seconds since 1970, by the wall clock.
    func certificateWarnings(at now: Int64) -> [String] {
        do {
            let chain = try TLSContext.certificates(in: certificateFile)
            return chain.concerns(file: certificateFile, host: listen.host, at: now).map(\.sentence)
        } catch .fileMissing {
            return []
        } catch {
            return ["certificate: \(error.description)"]
        }
    }
}
